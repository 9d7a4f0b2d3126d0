"""The caseload as the engine takes it: everybody's answers and plans, and nobody's name.

Each person stands under a mark that is made anew for each study, so that nothing that leaves a
study says who anyone is, nor that two studies speak of the same person.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from wherewithal.allocation.casefile import Text, TextColumn
from wherewithal.allocation.cases import Cases, cases_in
from wherewithal.scheme import Question, Scheme
from wherewithal.web.assessments.models import Answer, Assessment
from wherewithal.web.budgets.models import Budget
from wherewithal.web.insight.querysets import BANDS
from wherewithal.web.people.models import Person

NOT_SAID = {"not-applicable": "n/a", "declined": "declined", "unknown": "unknown", "skipped": ""}
SEXES = frozenset({"Female", "Male"})
NOT_AGREED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Caseload:
    """Everybody with a finished assessment, as read: one row each, one place for each answer."""

    people: tuple[dict[str, Any], ...]
    answers: tuple[tuple[int, str, str, str, int], ...]


def read_caseload(code: str, on: date) -> Caseload:
    """Read adults at home whose newest finished assessment asked a scheme of this code.

    Two queries: who and what was agreed, then every answer that stands. No name, no reference, no
    date of birth leaves this module: see :func:`cases_of`.
    """
    newest = _newest(code)
    return Caseload(tuple(_people(newest, on)), tuple(_answers(newest)))


def mark(study: int, person: int) -> str:
    """Return what stands for a person within one study; nobody can go back from it to them."""
    return salted_hmac(f"study {study}", str(person), algorithm="sha256").hexdigest()[:16]


def cases_of(caseload: Caseload, scheme: Scheme, *, study: int, on: date) -> Cases:
    """Return the caseload as cases of a scheme, each under a mark.

    An answer to a question that this scheme does not ask is left out. An answer that it does not
    offer counts as not given: nobody's words are bent to fit.
    """
    people = caseload.people
    columns = {"id": _column([mark(study, each["person"]) for each in people])}
    columns |= _answer_columns(caseload, scheme)
    for name in ("willing", "able"):
        columns[f"carer_{name}"] = _column([_together(each[name]) for each in people])
    columns |= _group_columns(people, on)
    cases = cases_in(scheme, Text(Path("the caseload"), columns, 1), money=False)
    agreed = [NOT_AGREED if each["agreed"] is None else each["agreed"] for each in people]
    return replace(cases, agreed=np.array(agreed, np.int64))


def _newest(code: str) -> QuerySet[Assessment]:
    finished = Assessment.objects.filter(
        status="completed", scheme__code=code, person__kind="adult",
        person__date_of_death__isnull=True,
    ).exclude(person__accommodation_status__icontains="care home")  # fmt: skip
    return finished.order_by("person_id", "-completed_at", "-id").distinct("person_id")


def _people(newest: QuerySet[Assessment], on: date) -> Iterator[Any]:
    budgets = Budget.objects.filter(
        person=OuterRef("person"), status="signed-off", period__contains=on
    )
    carers = Q(person__supporters__is_carer=True)
    rows = Assessment.objects.filter(pk__in=newest.values("pk")).order_by("person_id")
    return rows.values(
        "person", born=F("person__date_of_birth"), sex=F("person__gender"),
        ethnicity=F("person__ethnicity"), reason=F("person__primary_support_reason"),
        alone=F("person__lives_alone"), postcode=F("person__postcode"),
        agreed=Subquery(budgets.values("cost")[:1]),
        willing=ArrayAgg("person__supporters__willing", filter=carers),
        able=ArrayAgg("person__supporters__able", filter=carers),
        together=ArrayAgg("person__supporters__lives_with", filter=carers),
    ).iterator()  # fmt: skip


def _answers(newest: QuerySet[Assessment]) -> Iterator[tuple[int, str, str, str, int]]:
    rows = Answer.objects.current().filter(assessment__in=newest.values("pk"))
    return rows.values_list(
        "assessment__person", "question", "state", "value", "help_percent"
    ).iterator(chunk_size=10_000)


def _answer_columns(caseload: Caseload, scheme: Scheme) -> dict[str, TextColumn]:
    asked = {question.code: question for question in scheme.questions}
    rows = {each["person"]: row for row, each in enumerate(caseload.people)}
    said = {code: [""] * len(rows) for code in asked}
    helped = {code: [""] * len(rows) for code, question in asked.items() if question.helpable}
    fits = {code: _offered(question) for code, question in asked.items()}
    for person, code, state, value, share in caseload.answers:
        if code not in asked or person not in rows:
            continue
        said[code][rows[person]] = _as_text(asked[code], fits[code], state, value)
        if share and code in helped:
            helped[code][rows[person]] = str(share)
    columns = {code: _column(texts) for code, texts in said.items()}
    return columns | {f"{code}.help": _column(texts) for code, texts in helped.items()}


def _offered(question: Question) -> frozenset[str]:
    return frozenset(option.code for option in question.options)


def _as_text(question: Question, offered: frozenset[str], state: str, value: str) -> str:
    """Return an answer as a file of cases writes it; blank where the scheme doesn't offer it."""
    if state != "answered":
        text = NOT_SAID[state]
        return "" if text == "n/a" and not question.may_not_apply else text
    if question.kind == "number":
        whole = value.isdigit() and question.least <= int(value) <= question.most
        return value if whole else ""
    if question.kind == "several":
        ticked = value.split(";")
        return value if value == "none" or offered.issuperset(ticked) else ""
    return value if value in offered else ""


def _group_columns(people: Sequence[dict[str, Any]], on: date) -> dict[str, TextColumn]:
    carers = [each["together"] or [] for each in people]
    made: dict[str, list[str]] = {
        "age_band": [_age_band(each["born"], on) for each in people],
        "sex": [each["sex"] if each["sex"] in SEXES else "" for each in people],
        "ethnicity": [_broad(each["ethnicity"]) for each in people],
        "support_reason": [_known(each["reason"].partition(":")[0]) for each in people],
        "lives_alone": ["" if e["alone"] is None else _yes(e["alone"]) for e in people],
        "area": [each["postcode"].partition(" ")[0] for each in people],
        "has_carer": [_yes(bool(lives_with)) for lives_with in carers],
        "carer_lives_with": [_yes(any(each)) if each else "" for each in carers],
    }
    return {name: _column(texts) for name, texts in made.items()}


def _age_band(born: date, on: date) -> str:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for low, high in BANDS:
        if age >= low and (high is None or age < high):
            return f"{low}–{high - 1}" if high else f"{low}+"
    return ""


def _broad(ethnicity: str) -> str:
    """Return the broad group that client level data puts before the colon."""
    group = ethnicity.partition(":")[0].strip()
    return "" if group in {"No data", "Unknown"} else group


def _known(text: str) -> str:
    return "" if text in {"Unknown", "Not known"} else text


def _together(said: Iterable[str] | None) -> str:
    """Return what all carers say together: one "no" settles it, and all must say "yes"."""
    answers = list(said or [])
    if "no" in answers:
        return "no"
    return "yes" if answers and all(each == "yes" for each in answers) else ""


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _column(texts: Sequence[str]) -> TextColumn:
    values: dict[str, int] = {}
    places = np.fromiter(
        (values.setdefault(text, len(values)) for text in texts), np.int64, len(texts)
    )
    return TextColumn(tuple(values), places)


def people_by_mark(study: int, people: Iterable[Person]) -> dict[str, Person]:
    """Return the people a reader may know, by the marks that stand for them in a study."""
    return {mark(study, person.pk): person for person in people}
