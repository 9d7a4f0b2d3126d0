"""Check a scheme against the caseload; and say what can be said where there is nobody yet."""

from datetime import date

import numpy as np

from wherewithal.allocation import STATUSES, evaluate
from wherewithal.allocation.cases import Cases
from wherewithal.dates import long_date
from wherewithal.reports import Column, Report, Section, Table
from wherewithal.reports.suppression import hidden
from wherewithal.scheme import Scheme
from wherewithal.scheme.difference import differences
from wherewithal.scheme.notes import notes_on
from wherewithal.web.policy.room import largest_step

OUTCOMES = ("Has a figure", "Answers are missing", "To be costed by hand")
NOT_GIVEN = -1


def check_report(
    scheme: Scheme, cases: Cases, beside: Scheme | None, *, on: date, smallest: int
) -> Report:
    """Return the report: it names nobody, and hides counts under ``smallest``."""
    status = evaluate(scheme, cases.columns)["status"]
    counts = [int((status == code).sum()) for code in range(len(STATUSES))]
    facts = (
        ("Scheme", f"{scheme.title} ({scheme.code}, version {scheme.version})"),
        ("Scheme hash", scheme.hash),
        ("Made on", long_date(on)),
        ("People", f"{len(cases.ids):,}"),
        ("Small numbers hidden", f"under {smallest}"),
    )
    sections = (
        _who(counts, smallest),
        _lacking(scheme, cases, smallest),
        *_differs(scheme, beside),
        _worth_a_look(scheme),
    )
    lead = _lead(scheme, counts, smallest)
    return Report(f"Checked: {scheme.title}", lead, facts, sections)


def report_on_nobody(scheme: Scheme, *, on: date) -> Report:
    """Return the equality report on a scheme before anybody was assessed: what can't be told.

    A council's first scheme has to begin somewhere. Whoever approves this approves it unseen, says
    why, and is told to look again once there are people.
    """
    unseen = (
        "Nobody has a finished assessment under this scheme yet, so nobody can say who would be"
        " short-changed by it. This report says only what can be seen without people.",
        "More need never gives less money, and more family help never gives more.",
        f"The largest step between two answers is {largest_step(scheme)}.",
        "Make this report again once some hundreds of people have been assessed, and then each"
        " year. Do not wait for a complaint.",
    )
    parts = {section.code: section.title for section in scheme.sections}
    asked = Column("Question"), Column("Part")
    rows = tuple((each.ask, parts[each.section]) for each in scheme.questions)
    note = "Ask of each: could it stand for who somebody is, and not for what they need?"
    sections = (
        Section("What the scheme asks", (), (Table("The questions", asked, rows, note),)),
        _worth_a_look(scheme),
    )
    facts = (
        ("Scheme", f"{scheme.title} ({scheme.code}, version {scheme.version})"),
        ("Scheme hash", scheme.hash),
        ("Made on", long_date(on)),
        ("People", "nobody yet"),
    )
    return Report(f"Before anybody was assessed: {scheme.title}", unseen, facts, sections)


def _lead(scheme: Scheme, counts: list[int], smallest: int) -> tuple[str, ...]:
    shares = [round(100 * count / max(sum(counts), 1)) for count in counts]
    hide = any(hidden(counts, smallest=smallest))
    almost = "Nearly everybody" if hide and shares[0] > 90 else f"{shares[0]} in 100 people"
    return (
        "The scheme is sound: more need never gives less money, and more family help never more.",
        f"{almost} would have a figure from the answers they have given.",
        f"The largest step between two answers is {largest_step(scheme)}.",
    )


def _who(counts: list[int], smallest: int) -> Section:
    hide = hidden(counts, smallest=smallest)
    rows = tuple(
        (name, None if hides else count)
        for name, count, hides in zip(OUTCOMES, counts, hide, strict=True)
    )
    columns = (Column("From the answers given"), Column("People", "number"))
    table = Table("Who would have a figure", columns, (*rows, ("Everybody", sum(counts))), foot=1)
    return Section("Who would have a figure", (), (table,))


def _lacking(scheme: Scheme, cases: Cases, smallest: int) -> Section:
    """Count, question by question, who has given no answer that this scheme offers."""
    rows = []
    for question in scheme.questions:
        count = int(np.count_nonzero(cases.columns[question.code] == NOT_GIVEN))
        if count:
            rows.append((question.ask, None if count < smallest else count))
    text = (
        "Where a scheme asks something new, or no longer offers an answer that was given, people"
        " have to be asked again before they have a figure.",
    )
    if not rows:
        return Section("Who has to be asked again", (*text, "Nobody has: every answer fits."))
    columns = (Column("Question"), Column("People without an answer to it", "number"))
    table = Table("Questions with answers missing", columns, tuple(rows))
    return Section("Who has to be asked again", text, (table,))


def _differs(scheme: Scheme, beside: Scheme | None) -> tuple[Section, ...]:
    if beside is None or beside.hash == scheme.hash:
        return ()
    found = differences(beside, scheme)
    rows = tuple((each.group, str(each), "yes" if each.figure else "no") for each in found)
    columns = (Column("Part"), Column("Difference"), Column("Can change a figure"))
    title = f"What differs from version {beside.version}"
    return (Section(title, (), (Table(f"{title}, in words", columns, rows),)),)


def _worth_a_look(scheme: Scheme) -> Section:
    notes = tuple(str(note) for note in notes_on(scheme))
    unverified = tuple(
        f"Not verified: {source.text}" for source in scheme.sources if not source.verified
    )
    return Section("Worth a look", (*notes, *unverified) or ("Nothing was found.",))
