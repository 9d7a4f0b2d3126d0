"""A transparency record as JSON, as Markdown, and as one HTML page."""

from collections.abc import Iterator
from typing import Any

from wherewithal.allocation.record import ENTRY_OF_OURS, NOT_YET, STANDARD, Entry, Part, Record
from wherewithal.dates import long_date

FORMAT = 1
"""The version of the JSON form."""


def to_json(record: Record) -> dict[str, Any]:
    """Return a record as plain JSON: sections in order, and under each heading what is said."""
    return {
        "record": FORMAT,
        "standard": STANDARD,
        "title": record.title,
        "scheme": record.scheme,
        "version": record.version,
        "scheme_hash": record.scheme_hash,
        "written_on": record.written_on.isoformat(),
        "in_use_from": record.in_use_from.isoformat() if record.in_use_from else None,
        "not_said_yet": list(record.unsaid),
        "parts": [_part(part) for part in record.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    entries = [
        {
            "heading": entry.heading,
            "text": list(entry.text),
            "points": list(entry.points),
            "said_by": entry.origin,
            "heading_verified": entry.verified,
        }
        for entry in part.entries
    ]
    return {"tier": part.tier, "title": part.title, "entries": entries}


def about(record: Record) -> tuple[str, ...]:
    """Say what a record is, where its headings come from, and what is not said in it yet."""
    headings = (
        f"The headings are those of the {STANDARD}. Those with a star were read only in a record "
        f"that follows it. “{ENTRY_OF_OURS}” is our own."
    )
    lines = (
        f"Written from the scheme itself on {long_date(record.written_on)}.",
        headings,
    )
    if not record.unsaid:
        return lines
    count = len(record.unsaid)
    still = "1 thing is" if count == 1 else f"{count} things are"
    return (*lines, f"{still} not said yet.")


def heading(entry: Entry) -> str:
    """Return a heading, with a star where it was not read in the standard or its template."""
    return entry.heading if entry.verified else f"{entry.heading} *"


def to_markdown(record: Record) -> str:
    """Return a record as Markdown."""
    return "\n\n".join(_markdown(record)) + "\n"


def _markdown(record: Record) -> Iterator[str]:
    yield f"# {_plain(record.title)}"
    yield f"Version {_plain(record.version)}, mark `{record.scheme_hash}`."
    yield from map(_plain, about(record))
    for part in record.parts:
        yield f"## {part.title}"
        for entry in part.entries:
            yield f"### {_plain(heading(entry))}"
            said = [f"*{each}*" if each == NOT_YET else _plain(each) for each in entry.text]
            yield "\n\n".join(said)
            if entry.points:
                yield "\n".join(f"- {_plain(point)}" for point in entry.points)


def _plain(text: str) -> str:
    """Keep text from being read as markup: it may be anything a council wrote."""
    marked = "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
    return " ".join(marked.split())


def to_html(record: Record) -> str:
    """Return a record as one HTML page that needs nothing else.

    Raises:
        ImportError: jinja2 is not installed; the message says how to.
    """
    from wherewithal.reports import Report, Section
    from wherewithal.reports import to_html as page

    sections = [
        Section(f"{part.title}: {heading(entry)}", _paragraphs(entry))
        for part in record.parts
        for entry in part.entries
    ]
    facts = (("Version", record.version), ("Mark", record.scheme_hash))
    return page(Report(record.title, about(record), facts, tuple(sections)))


def _paragraphs(entry: Entry) -> tuple[str, ...]:
    return (*entry.text, *(f"• {point}" for point in entry.points))
