"""The standard scheme as tables, and the language that schemes are written in."""

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from scripts.manual.keys import KEYS, PLACES, asked_for
from scripts.manual.markdown import fenced, number, page, plain, table
from tests.spec.scheme_chapters import CHAPTERS, Chapter, answers_of, scheme_of, text_of

from wherewithal.allocation import Answers, explain
from wherewithal.money import pounds
from wherewithal.scheme import (
    OUTCOMES,
    PACKAGED,
    Question,
    Scheme,
    SchemeMistakes,
    packaged,
    packaged_text,
    read_scheme,
)
from wherewithal.scheme.steps import KINDS

TESTS = Path(__file__).parents[2] / "tests"


def standard_scheme() -> str:
    """Write the questions of the standard scheme, what each answer adds, prices and sources."""
    scheme = packaged("standard-adult")
    about = (
        f"{scheme.summary}\n\nThis is version {scheme.version}. Its hash is `{scheme.hash}`. "
        "Read it as it is written with `wherewithal scheme show standard-adult`."
    )
    prices = table(
        ["price", "an hour", "source"],
        [(each.label, pounds(int(each.hourly * 100)), each.source) for each in scheme.prices],
        right=[1],
    )
    sections = [f"## {each.title}\n\n{each.intro}\n\n" + "\n\n".join(_asked(scheme, each.code))
                for each in scheme.sections]  # fmt: skip
    hand = "\n".join(f"- {rule.because}" for rule in scheme.by_hand)
    return page(
        "The standard scheme for adults", about, f"## Prices\n\n{prices}", *sections,
        _bad_days(scheme),
        f"## When no figure is given\n\nThese are costed from the bottom up instead:\n\n{hand}",
        f"## Sources\n\n{_sources(scheme)}",
    )  # fmt: skip


def _asked(scheme: Scheme, section: str) -> Iterator[str]:
    for question in scheme.questions:
        if question.section == section:
            needs = ", ".join(f"{OUTCOMES[need]} ({need})" for need in question.needs)
            notes = [f"Outcomes of the Care Act: {needs}."] if needs else []
            notes += ["Family help can be recorded here."] if question.helpable else []
            notes += ["“Does not apply” is an answer here."] if question.may_not_apply else []
            head = f"### {question.ask} (`{question.code}`)"
            yield "\n\n".join([head, question.hint, " ".join(notes), _options(scheme, question)])


def _options(scheme: Scheme, question: Question) -> str:
    rows = []
    for option in question.options:
        line = _line(scheme, question, option.code)
        if line is None:
            rows.append((option.label, f"`{option.code}`", "see below", "", "see below"))
        else:
            hourly = scheme.price(line.price).label if line.price else ""
            minutes, weekly = number(line.minutes_without_help), pounds(line.pence_without_help)
            rows.append((option.label, f"`{option.code}`", minutes, hourly, weekly))
    return table(
        ["answer", "in files", "minutes a week", "price", "adds a week"], rows, right=[2, 4]
    )


def _line(scheme: Scheme, question: Question, option: str) -> Any:
    """Return what one answer adds where all others are of no need; ``None`` if it stands alone."""
    told = explain(scheme, Answers({**_no_need(scheme), question.code: option}))
    return next((line for line in told.lines if line.code == question.code), None)


def _no_need(scheme: Scheme) -> dict[str, str]:
    return {question.code: question.options[0].code for question in scheme.questions}


def _bad_days(scheme: Scheme) -> str:
    often, more = scheme.question("bad-often"), scheme.question("bad-more")
    rows = []
    for option in more.options:
        lines = []
        for times in often.options:
            values = {**_no_need(scheme), "bad-often": times.code, "bad-more": option.code}
            told = explain(scheme, Answers(values))
            lines.append(next(pounds(x.pence) for x in told.lines if x.code == "bad-days"))
        rows.append((option.label, *lines))
    head = [more.ask, *(times.label for times in often.options)]
    said = (
        "Two answers work together: how often bad days come, and how much more help one needs. "
        "What the two add a week:"
    )
    return f"## What bad days add\n\n{said}\n\n{table(head, rows, right=[1, 2, 3, 4])}"


def _sources(scheme: Scheme) -> str:
    rows = [(f"`{each.code}`", each.text, each.date, each.verified, each.reason)
            for each in scheme.sources]  # fmt: skip
    return table(["name", "source", "from", "verified", "why not"], rows)


def scheme_language() -> str:
    """Write every key and kind of step, with the spec tests' examples, and every mistake."""
    intro = (
        "A scheme is one YAML file. It says what is asked, what each answer adds, at which price, "
        "and where every number comes from. `wherewithal scheme check FILE` names every mistake in "
        "it. Numbers are written in digits, like 12 or 0.4954, or as a fraction, like 1/7; every "
        "one is exact. A number that stands in several places can have a name, as YAML has it: "
        "`&rate 24.10` in the first place and `*rate` in the others. It is written out again in a "
        "workbook. The two schemes that come along are whole examples: `wherewithal scheme show "
        "standard-adult` prints one."
    )
    found = asked_for(_reads())
    parts = [f"### {title}\n\n{_keys(place, found[place])}" for place, title in PLACES.items()]
    kinds = [_kind(name, found) for name in KINDS]
    outcomes = table(["code", "outcome"], OUTCOMES.items())
    return page(
        "The scheme language", intro, "## Parts of the document", *parts,
        f"### Outcomes that a question can name\n\n{outcomes}", "## Kinds of step",
        "A step turns answers, or the values of earlier steps, into one number. Steps can be "
        "written in any order. No kind looks at anything but this person's answers. The examples "
        "are the chapters of `tests/spec/scheme_chapters.py`: every row is tried by a test, and "
        "what stands in the last columns was worked out when this page was written.",
        *kinds, "## Mistakes that are named", _mistakes_intro(), _mistakes(),
    )  # fmt: skip


def _reads() -> Iterator[Callable[[], object]]:
    """Yield ways of reading schemes that together use every part of the language."""
    sound = (TESTS / "unit" / "sound_scheme.yaml").read_text(encoding="utf-8")
    for text in (sound, *map(packaged_text, PACKAGED)):
        yield partial(read_scheme, text, name="example")
    for chapter in CHAPTERS:
        yield partial(read_scheme, text_of(chapter), name=chapter.title)


def _keys(place: str, keys: tuple[str, ...]) -> str:
    rows = [(f"`{key}`", words) for key, words in KEYS[place].items() if key in keys]
    return table(["key", "what stands there"], rows)


def _kind(name: str, found: dict[str, tuple[str, ...]]) -> str:
    about = (inspect.getdoc(KINDS[name]) or "").replace("``", "`")
    keys = _keys(name, tuple(key for key in found[name] if key != "kind")) if name in found else ""
    chapters = [part for each in CHAPTERS if each.kind == name for part in _example(each)]
    return "\n\n".join(part for part in [f"### `{name}`", about, keys, *chapters] if part)


def _example(chapter: Chapter) -> Iterator[str]:
    yield f"#### {chapter.title}"
    yield chapter.words
    for question in chapter.questions:
        if "kind: several" in question and chapter.kind == "choice":
            yield fenced(_document("questions", question), "yaml")
    if "hourly: {" in chapter.prices:
        yield fenced(_document("prices", chapter.prices), "yaml")
    if chapter.shown in chapter.questions:
        yield fenced(_document("questions", chapter.shown), "yaml")
    else:
        yield fenced(_document("steps", chapter.shown), "yaml")
    yield _worked(chapter)


def _document(key: str, text: str) -> str:
    return f"{key}:\n{indent(dedent(text).strip(), '  ')}"


def _worked(chapter: Chapter) -> str:
    """Write answers in, value out, and the hours by price where the chapter tells them."""
    scheme = scheme_of(chapter)
    asked = list(dict.fromkeys(code for row, _ in chapter.rows for code in row))
    rows = []
    for row, _ in chapter.rows:
        told = explain(scheme, answers_of(chapter, row))
        hours = "; ".join(f"{each.label}: {number(each.minutes)}" for each in told.hours)
        cells = [f"`{row[code]}`" for code in asked]
        cells.append(number(told.step(chapter.step).value))
        rows.append([*cells, hours or "not told"] if chapter.by_price else cells)
    head = [*(_asked_name(code) for code in asked), f"**`{chapter.step}`**"]
    head += ["minutes by price"] if chapter.by_price else []
    return table(head, rows, right=[len(asked)])


def _asked_name(code: str) -> str:
    return "willing and able" if code == "carer" else f"`{code}`"


def _mistakes_intro() -> str:
    return (
        "Each row is one broken scheme in `tests/unit/broken_schemes/`, and what the check says "
        "about it. The check also gives the line. It names all mistakes of a file that it can see: "
        "first what can't be read, and names that nothing has; the arithmetic once all names hold; "
        "and what nothing reads once all the rest can be read."
    )


def _mistakes() -> str:
    rows = []
    for path in sorted((TESTS / "unit" / "broken_schemes").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        try:
            read_scheme(text, name=path.name)
        except SchemeMistakes as refused:
            meant = [each for each in refused.mistakes if f"# mend: {each.mend}\n" in text]
            (shown, *_) = meant or refused.mistakes
            value = f"`{shown.value}`" if shown.value else ""
            rows.append((plain(path.stem), value, shown.where, shown.mend))
    return table(["kind of mistake", "what was written", "where", "how to mend it"], rows)
