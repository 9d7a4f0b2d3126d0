"""The algorithmic transparency record of a scheme, written from the scheme itself.

It has the headings of the UK's Algorithmic Transparency Recording Standard, version 3.0. What the
scheme can say, it says; what only the council knows comes in as :class:`CouncilFacts`; what nobody
has said yet is shown as not said yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from wherewithal.allocation.record import words
from wherewithal.scheme import Scheme

STANDARD = "Algorithmic Transparency Recording Standard, version 3.0"
NOT_YET = "The council has not said this yet."
Origin = Literal["scheme", "software", "council", "nobody"]


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """What only the council can say of its use of a scheme. What is blank is not said yet."""

    name: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    team: str = ""
    owner: str = ""
    supplier: str = ""
    supplier_number: str = ""
    supplier_role: str = ""
    procurement: str = ""
    supplier_access: str = ""
    previous_process: str = ""
    alternatives: str = ""
    usage: str = ""
    training: str = ""
    sharing: str = ""
    storage: str = ""
    impact_assessments: str = ""
    in_use_from: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading of the standard and what is said under it.

    ``origin`` is who says it. ``verified`` is whether the heading was read in the standard or its
    template; otherwise it was read only in a record that follows the template. ``fact`` names what
    of :class:`CouncilFacts` is said there; it is empty where the council has nothing to say.
    """

    heading: str
    text: tuple[str, ...]
    points: tuple[str, ...]
    origin: Origin
    verified: bool
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the standard; tier 1 is for everyone, tier 2 for who wants to know more."""

    tier: int
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record; the hash says of exactly which scheme."""

    title: str
    scheme: str
    version: str
    scheme_hash: str
    written_on: date
    in_use_from: date | None
    parts: tuple[Part, ...]

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Return the headings under which the council has still to say something."""
        return tuple(entry.heading for entry in self.open)

    @property
    def open(self) -> tuple[Entry, ...]:
        """Return the entries under which the council has still to say something."""
        entries = [entry for part in self.parts for entry in part.entries]
        return tuple(entry for entry in entries if entry.origin == "nobody")


def transparency_record(
    scheme: Scheme, *, written_on: date, facts: CouncilFacts | None = None
) -> Record:
    """Return the record of a scheme; the same scheme, facts and day always give the same record."""
    facts = facts or CouncilFacts()
    return Record(
        f"Transparency record: {scheme.title}",
        scheme.code,
        scheme.version,
        scheme.hash,
        written_on,
        facts.in_use_from,
        (
            Part(1, "Tier 1: overview", _overview(scheme, facts)),
            Part(2, "Tier 2: owner and responsibility", _owner(facts)),
            Part(2, "Tier 2: description and rationale", _rationale(scheme, facts)),
            Part(2, "Tier 2: decision making process", _process(scheme, facts)),
            Part(2, "Tier 2: tool specification", _tool(scheme, facts)),
            Part(2, "Tier 2: data", _data(scheme, facts)),
            Part(2, "Tier 2: risks, mitigations and impact assessments", _risks(scheme, facts)),
        ),
    )


def facts_from(said: Mapping[str, object]) -> CouncilFacts:
    """Return the facts of a mapping, as a file of them is read.

    Raises:
        ValueError: a name is not one of a fact, or a value is not text; names it.
    """
    known = [field.name for field in fields(CouncilFacts)]
    for name, value in said.items():
        if name not in known:
            raise ValueError(f"{name!r} is not a fact of a record. Use: {', '.join(known)}.")
        fits = isinstance(value, date if name == "in_use_from" else str)
        if not fits:
            kind = "a date, like 2026-04-01" if name == "in_use_from" else "text"
            raise ValueError(f"{name}: {value!r} can't be used. Write {kind}.")
    return CouncilFacts(**said)  # type: ignore[arg-type]  # each was checked above


ENTRY_OF_OURS = "Where the numbers come from"
"""The one heading that the standard does not have."""


def _told(heading: str, text: tuple[str, ...], *, points: tuple[str, ...] = (),
          software: bool = False, read: bool = False) -> Entry:  # fmt: skip
    return Entry(heading, text, points, "software" if software else "scheme", read)


def _asked(
    heading: str, facts: CouncilFacts, fact: str, said: str | None = None, *, read: bool = False
) -> Entry:
    """Return what the council says of a fact, or that it has not said it; ``said`` words it."""
    text = (str(getattr(facts, fact)) if said is None else said).strip()
    return Entry(heading, (text or NOT_YET,), (), "council" if text else "nobody", read, fact)


def _overview(scheme: Scheme, facts: CouncilFacts) -> tuple[Entry, ...]:
    reach = " or ".join(filter(None, (facts.email, facts.phone)))
    return (
        _told("Name", (scheme.title,), read=True),
        _told("Description", words.description(scheme), read=True),
        _asked("Website URL", facts, "website", read=True),
        _asked("Contact email", facts, "email", reach, read=True),
    )


def _owner(facts: CouncilFacts) -> tuple[Entry, ...]:
    return (
        _asked("Organisation or department", facts, "name", read=True),
        _asked("Team", facts, "team", read=True),
        _asked("Senior responsible owner", facts, "owner", read=True),
        _asked("External supplier involvement", facts, "supplier", read=True),
        _asked("Companies House number", facts, "supplier_number", read=True),
        _asked("External supplier role", facts, "supplier_role", read=True),
        _asked("Procurement procedure type", facts, "procurement", read=True),
        _asked("Data access terms", facts, "supplier_access", read=True),
    )


def _rationale(scheme: Scheme, facts: CouncilFacts) -> tuple[Entry, ...]:
    return (
        _told("Detailed description", words.detail(scheme), points=words.kinds_used(scheme)),
        _told("Scope", words.scope(scheme), points=words.by_hand(scheme)),
        _told("Benefit", words.BENEFIT, software=True),
        _asked("Previous process", facts, "previous_process"),
        _asked("Alternatives considered", facts, "alternatives"),
    )


def _process(scheme: Scheme, facts: CouncilFacts) -> tuple[Entry, ...]:
    return (
        _told("Process integration", words.PROCESS, software=True),
        _told("Provided information", words.provided(scheme), software=True),
        _asked("Frequency and scale of usage", facts, "usage"),
        _told("Human decisions and review", words.HUMANS, software=True),
        _asked("Required training", facts, "training"),
        _told("Appeals and review", words.appeals(facts.name, facts.phone, facts.email),
              software=True),
    )  # fmt: skip


def _tool(scheme: Scheme, facts: CouncilFacts) -> tuple[Entry, ...]:
    began = facts.in_use_from
    phase = f"In use from {began.day} {began:%B %Y}." if began else ""
    return (
        _told("System architecture", words.architecture(scheme)),
        _asked("Phase", facts, "in_use_from", phase),
        _told("Maintenance", words.MAINTENANCE, software=True),
        _told("Models", words.model(scheme)),
        _told(ENTRY_OF_OURS, words.checked(scheme), points=words.sources(scheme), read=True),
    )


def _data(scheme: Scheme, facts: CouncilFacts) -> tuple[Entry, ...]:
    return (
        _told("Source data name", (f"The answers to the questions of: {scheme.title}.",)),
        _told("Data modality", words.modality(scheme)),
        _told("Data description", words.DATA, points=words.asked(scheme)),
        _told("Data quantities", words.quantities(scheme)),
        _told("Sensitive attributes", words.SENSITIVE, software=True),
        _told("Data completeness and representativeness", words.COMPLETE, software=True),
        _asked("Source data URL", facts, "website"),
        _told("Data collection", words.COLLECTION, software=True),
        _told("Data cleaning", words.CLEANING, software=True),
        _asked("Data sharing agreements", facts, "sharing"),
        _asked("Data access and storage", facts, "storage"),
    )


def _risks(scheme: Scheme, facts: CouncilFacts) -> tuple[Entry, ...]:
    return (
        _asked("Impact assessment", facts, "impact_assessments"),
        _told("Risks and mitigations", words.RISKS, points=words.risks(scheme)),
    )
