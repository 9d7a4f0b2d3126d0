"""``wherewithal scheme``: look a scheme over before it is used."""

import argparse
import re
from pathlib import Path

from wherewithal.allocation.cliffs import largest_cliff
from wherewithal.cli import Mistake, Subcommands, scheme_files, scheme_record, scheme_sql
from wherewithal.money import pounds
from wherewithal.scheme import (
    PACKAGED,
    Scheme,
    SchemeMistakes,
    packaged,
    packaged_text,
    read_scheme,
)
from wherewithal.scheme.notes import notes_on
from wherewithal.scheme.reading import HARD, grade, hardest

SHOWN = 5
"""How many of the words that are hard to read the check prints."""


def register(subparsers: Subcommands) -> None:
    """Add ``scheme check``, ``scheme list`` and ``scheme show``."""
    scheme = subparsers.add_parser("scheme", help="check a scheme, or see the ones that come along")
    actions = scheme.add_subparsers(title="actions", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="name every mistake in a scheme and how to mend it")
    check.add_argument("scheme", metavar="FILE", help="a YAML file, a workbook, or a scheme's name")
    check.set_defaults(run=run_check)
    listing = actions.add_parser("list", help="list the schemes that come with wherewithal")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="print a scheme's document, to start your own from")
    show.add_argument("scheme", metavar="NAME", choices=PACKAGED)
    show.set_defaults(run=run_show)
    scheme_files.register(actions, load)
    scheme_sql.register(actions, load)
    scheme_record.register(actions, load)


def load(name: str) -> Scheme:
    """Return the scheme of a packaged name or a path.

    Raises:
        Mistake: there is no such scheme or file, or it is not sound.
    """
    path = Path(name)
    try:
        if name in PACKAGED:
            return packaged(name)
        if scheme_files.is_workbook(name):
            return scheme_files.load_workbook(name)
        return read_scheme(path.read_text(encoding="utf-8"), name=name)
    except SchemeMistakes as mistakes:
        raise Mistake(str(mistakes)) from None
    except UnicodeDecodeError:
        raise Mistake(f"{name} is not a text file in UTF-8. Save it as UTF-8.") from None
    except OSError as error:
        known = ", ".join(PACKAGED)
        reason = f"{name} can't be read ({error.strerror})."
        raise Mistake(f"{reason} Give a path to a file, or one of: {known}.") from None


def run_check(arguments: argparse.Namespace) -> int:
    """Print that a scheme is sound, with what is in it, or raise with every mistake."""
    print(summary(load(arguments.scheme)))
    return 0


def summary(scheme: Scheme) -> str:
    """Write what a sound scheme holds, its largest cliff, its hardest words, what to look at."""
    cliff = largest_cliff(scheme)
    money = pounds(cliff.pence, symbol=scheme.symbol)
    rows = [
        f"{scheme.title} (version {scheme.version}) is sound.",
        f"  Questions: {len(scheme.questions)}. Steps: {len(scheme.steps)}. "
        f"Lines paid: {len(scheme.lines)}.",
        *_tried(scheme),
        f"  Largest cliff: {cliff.question} from {cliff.before} to {cliff.after} "
        f"moves the figure by {money} a {scheme.per}.",
        *_hardest(scheme),
        f"  Hash: {scheme.hash}",
    ]
    rows += [
        f"  Not verified: {source.text} ({source.reason})"
        for source in scheme.sources
        if not source.verified
    ]
    return "\n".join([*rows, *_worth_a_look(scheme)])


def _tried(scheme: Scheme) -> list[str]:
    """Say what was tried of more need and more help, and which questions were left out."""
    apart = [question.code for question in scheme.questions if not question.rising]
    if not apart:
        return ["  More need never gives less money, and more family help never gives more."]
    count = len(scheme.questions) - len(apart)
    many = "question whose answers stand" if count == 1 else "questions whose answers stand"
    return [
        f"  More need never gives less money, for the {count} {many} in order of need, "
        "and more family help never gives more.",
        f"  Not tried: {', '.join(apart)} (order: none).",
    ]


def _worth_a_look(scheme: Scheme) -> list[str]:
    """Write the notes; of words that are hard to read the hardest, and how many more there are."""
    notes = notes_on(scheme)
    rows = [f"  Worth a look: {note}" for note in notes if not note.grade]
    hard = {note.text: note for note in sorted(notes, key=lambda each: each.grade) if note.grade}
    shown = list(hard.values())[::-1][:SHOWN]
    rows += [f"  Worth a look: {note}" for note in shown]
    if more := len(hard) - len(shown):
        rows.append(f"  Worth a look: and {more} more that {'is' if more == 1 else 'are'} hard.")
    return rows


def _hardest(scheme: Scheme) -> list[str]:
    """Write which words of a scheme are the hardest to read, if there are any to speak of."""
    found = hardest(scheme)
    if found is None:
        return []
    sentence = max(re.split(r"(?<=[.?!])\s", found.text), key=grade)
    aim = f" Aim for {HARD:.0f} or lower." if round(found.grade, 1) > HARD else ""
    return [f"  Hardest to read: “{sentence}” ({found.where}), grade {found.grade:.1f}.{aim}"]


def run_list(arguments: argparse.Namespace) -> int:
    """Print the schemes that come along."""
    del arguments
    for code in PACKAGED:
        print(f"{code}\t{packaged(code).title}")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Print a packaged scheme's document."""
    print(packaged_text(arguments.scheme), end="")
    return 0
