"""What is due for whom is worked out from dates alone, the latest first."""

from dataclasses import replace
from datetime import date

from django.urls import reverse

from wherewithal.web.casework.due import WAITING, Glance, all_due
from wherewithal.web.people.models import Stage

ON = date(2026, 11, 22)
SOMEBODY = Glance(
    id=1, reference="WW000001", given_name="Nell", preferred_name="", family_name="Quill",
    stage=Stage.LIVE, known_since=date(2025, 1, 6), review_due=None, charged_from=None,
    works_with="",
)  # fmt: skip


def due(*people: Glance) -> list[tuple[str, date | None, bool]]:
    found = all_due(people, on=ON, assessment_days=28, charge_weeks=52)
    return [(each.what, each.by, each.late) for each in found]


def test_nothing_is_due_for_who_is_well_supported() -> None:
    assert due(SOMEBODY) == []
    assert due(replace(SOMEBODY, stage=Stage.ENDED, charged_from=date(2020, 1, 6))) == []


def test_a_charge_is_looked_at_again_from_four_weeks_before_it_is_a_year_old() -> None:
    soon, not_yet = date(2025, 12, 21), date(2025, 12, 22)
    assert due(replace(SOMEBODY, charged_from=soon)) == [
        ("Look again at what they pay", date(2026, 12, 20), False)
    ]
    assert due(replace(SOMEBODY, charged_from=not_yet)) == []
    assert due(replace(SOMEBODY, charged_from=date(2025, 11, 1)))[0][2]


def test_a_review_is_announced_four_weeks_before_its_day() -> None:
    assert due(replace(SOMEBODY, review_due=date(2026, 12, 20))) == [
        ("Review how things are going", date(2026, 12, 20), False)
    ]
    assert due(replace(SOMEBODY, review_due=date(2026, 12, 21))) == []


def test_what_is_latest_comes_first_and_what_has_no_day_last() -> None:
    begun = replace(SOMEBODY, id=2, stage=Stage.ASSESSMENT, known_since=date(2026, 11, 1))
    late = replace(SOMEBODY, id=3, review_due=date(2026, 11, 2))
    planning = replace(SOMEBODY, id=4, stage=Stage.PLANNING)
    assert due(planning, begun, late) == [
        ("Review how things are going", date(2026, 11, 2), True),
        ("Finish the assessment", date(2026, 11, 29), False),
        ("Make the support plan together", None, False),
    ]


def test_a_person_goes_by_the_name_they_prefer() -> None:
    assert SOMEBODY.name == "Nell Quill"
    assert replace(SOMEBODY, preferred_name="Nip").name == "Nip Quill"


def test_each_thing_to_do_leads_to_the_page_it_is_done_on() -> None:
    pages = [each.page for stage in WAITING for each in all_due(
        [replace(SOMEBODY, stage=stage)], on=ON, assessment_days=28, charge_weeks=52
    )]  # fmt: skip
    assert pages[0] == "assessments:tasks"
    assert all(reverse(page, args=["WW000001"]) for page in pages)
    both = replace(SOMEBODY, review_due=ON, charged_from=date(2025, 11, 1))
    found = all_due([both], on=ON, assessment_days=28, charge_weeks=52)
    assert [each.page for each in found] == ["budgets:charge", "record:review"]
