"""What a made-up council holds, row by row: from memory, or from the folder it was written to."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from wherewithal.allocation import AnswerMistake, Missing
from wherewithal.allocation.answers import read_answer
from wherewithal.council import Council
from wherewithal.scheme import Question, Scheme, packaged


class CannotLoad(ValueError):  # a message to a person, in the words of the house
    """Why a council cannot be loaded, naming the file, the line and the value."""


class PersonRow(NamedTuple):
    """One row of ``people``."""

    id: int
    reference: str
    kind: str
    given_name: str
    family_name: str
    preferred_name: str
    date_of_birth: date
    gender: str
    ethnicity: str
    nhs_number: str
    primary_support_reason: str
    accommodation_status: str
    address_line: str
    town: str
    postcode: str
    phone: str
    email: str
    lives_alone: bool
    practitioner: int
    team: int
    communication_format: str
    known_since: date
    stage: str

    @property
    def name(self) -> str:
        """The name as it is used."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"


class SupporterRow(NamedTuple):
    """One row of ``supporters``."""

    id: int
    person_id: int
    name: str
    relationship: str
    lives_with: bool
    is_carer: bool
    willing: str
    able: str


class AnswerRow(NamedTuple):
    """One row of ``answers``."""

    person_id: int
    question: str
    option: str
    help_percent: int


class PlanRow(NamedTuple):
    """One row of ``plans``; not yet begun where ``started_on`` is ``None``."""

    person_id: int
    started_on: date | None


class LineRow(NamedTuple):
    """One row of ``plan_lines``."""

    person_id: int
    what: str
    provider: str
    need_code: str
    unit: str
    quantity_per_week: Decimal
    unit_price_pence: int
    holding: str


class FinanceRow(NamedTuple):
    """One row of ``finances``: pence, incomes a week."""

    person_id: int
    capital_pence: int
    state_pension_pence: int
    private_pension_pence: int
    employment_support_pence: int
    pip_daily_living_pence: int
    attendance_allowance_pence: int
    housing_pence: int
    dre_pence: int


class EventRow(NamedTuple):
    """One row of ``events``."""

    person_id: int
    on: date
    kind: str


ROWS: Mapping[str, Any] = {
    "people": PersonRow,
    "supporters": SupporterRow,
    "answers": AnswerRow,
    "plans": PlanRow,
    "plan_lines": LineRow,
    "finances": FinanceRow,
    "events": EventRow,
}
ONE_OF: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("people", "kind"): ("adult", "carer"),
    ("people", "stage"): (
        "contact", "assessment", "eligible", "plan_drafted", "awaiting_sign_off", "live",
    ),
    ("supporters", "willing"): ("yes", "no", "unknown"),
    ("supporters", "able"): ("yes", "no", "unknown"),
    ("plan_lines", "unit"): ("hour", "session", "day", "night", "week"),
    ("plan_lines", "holding"): (
        "direct_payment", "council_managed", "individual_service_fund", "third_party", "trust",
    ),
    ("events", "kind"): (
        "contact", "assessment_started", "assessment_completed", "eligibility_decided",
        "indicative_given", "plan_agreed", "budget_signed_off", "first_payment", "review_done",
        "review_due",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A council as it stands on a day: each table as a list of its rows, in order."""

    on: date
    scheme: Scheme
    people: list[PersonRow]
    supporters: list[SupporterRow]
    answers: list[AnswerRow]
    plans: list[PlanRow]
    plan_lines: list[LineRow]
    finances: list[FinanceRow]
    events: list[EventRow]


def from_council(council: Council, scheme: Scheme) -> Source:
    """Return the rows of a council that was just made."""
    tables = {}
    for name, kind in ROWS.items():
        columns = [council.tables[name][field].tolist() for field in kind._fields]
        tables[name] = [kind._make(values) for values in zip(*columns, strict=True)]
    return Source(on=council.request.on, scheme=scheme, **tables)


def from_folder(folder: Path) -> Source:
    """Read a council that ``wherewithal council make`` wrote.

    Raises:
        CannotLoad: a file is missing or not of its shape; the message says which, where and why.
    """
    on, scheme = _manifest(folder / "council.json")
    tables = {name: list(_read(folder / f"{name}.csv", name)) for name in ROWS}
    _check(tables, scheme)
    return Source(on=on, scheme=scheme, **tables)


def _manifest(path: Path) -> tuple[date, Scheme]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        on, code, stated = date.fromisoformat(told["on"]), told["scheme"], told["scheme_hash"]
    except OSError as error:
        raise CannotLoad(_missing(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise CannotLoad(
            f"{path} is not a council’s description: {error}. Make it anew."
        ) from error
    try:
        scheme = packaged(code)
    except KeyError:
        raise CannotLoad(
            f"{path}: there is no scheme {code!r} here. Make the council anew."
        ) from None
    if scheme.hash != stated:
        raise CannotLoad(
            f"{path}: the answers were made for another version of the scheme {code!r}."
            " Make the council anew."
        )
    return on, scheme


def _missing(path: Path) -> str:
    return (
        f"{path} cannot be read. Write the council first:"
        f" wherewithal council make --out {path.parent}"
    )


class Reader(NamedTuple):
    """How a cell is read, and in words what it should be."""

    words: str
    read: Callable[[str], Any]


def _read(path: Path, name: str) -> Iterator[Any]:
    kind = ROWS[name]
    readers = [(field, _reader(name, field, kind.__annotations__[field])) for field in kind._fields]
    try:
        file = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise CannotLoad(_missing(path)) from error
    with file:
        rows = csv.DictReader(file)
        absent = [field for field, _ in readers if field not in (rows.fieldnames or [])]
        if absent:
            raise CannotLoad(f"{path}, line 1: there is no column {absent[0]!r}. Make it anew.")
        for row in rows:
            place = f"{path}, line {rows.line_num}"
            yield kind._make(_cell(place, field, row[field], reader) for field, reader in readers)


def _cell(place: str, field: str, text: str | None, reader: Reader) -> Any:
    try:
        if text is not None:
            return reader.read(text)
    except (ValueError, InvalidOperation):
        pass
    raise CannotLoad(f"{place}: {field} is {text!r}. It should be {reader.words}.")


def _reader(table: str, field: str, kind: Any) -> Reader:
    if (table, field) in ONE_OF:
        return _choice(*ONE_OF[table, field])
    return _READERS[kind]


def _choice(*allowed: str) -> Reader:
    return Reader(f"one of {', '.join(allowed)}", lambda text: allowed[allowed.index(text)])


def _day_or_nothing(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not (amount.is_finite() and amount > 0):
        raise ValueError(text)
    return amount


_READERS: Mapping[Any, Reader] = {
    int: Reader("a whole number from 0 up", _whole),
    str: Reader("words", str),
    bool: Reader("true or false", lambda text: {"true": True, "false": False}[_yes_no(text)]),
    date: Reader("a day like 2026-11-02", date.fromisoformat),
    date | None: Reader("a day like 2026-11-02, or nothing", _day_or_nothing),
    Decimal: Reader("a number above 0", _amount),
}


def _yes_no(text: str) -> str:
    return str(_choice("true", "false").read(text))


def _check(tables: Mapping[str, list[Any]], scheme: Scheme) -> None:
    """Refuse rows about nobody, people twice, and answers the scheme does not know."""
    known = {person.id for person in tables["people"]}
    if len(known) != len(tables["people"]):
        raise CannotLoad("people.csv: two people have the same id. Make the council anew.")
    for name, rows in tables.items():
        for line, row in enumerate(rows, start=2):
            if name != "people" and row.person_id not in known:
                raise CannotLoad(f"{name}.csv, line {line}: there is no person {row.person_id}.")
    questions = {question.code: question for question in scheme.questions}
    for line, answer in enumerate(tables["answers"], start=2):
        question = questions.get(answer.question)
        if question is None:
            raise CannotLoad(f"answers.csv, line {line}: there is no question {answer.question!r}.")
        if not _can_be(question, answer.option):
            raise CannotLoad(
                f"answers.csv, line {line}: {answer.question} is {answer.option!r}."
                f" It should be one of {question.allowed()}."
            )


@cache
def _can_be(question: Question, option: str) -> bool:
    try:
        answer = read_answer(question, option)
    except AnswerMistake:
        return False
    return not isinstance(answer, Missing) or answer is Missing.NOT_APPLICABLE
