"""Studies on the caseload: they find what is there, and nobody can be recognised in them."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.integration.conftest import TODAY

from wherewithal.scheme import packaged_text
from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.assessments.models import Answer
from wherewithal.web.config.loading import make_and_load
from wherewithal.web.insight import tasks
from wherewithal.web.insight.caseload import cases_of, mark, read_caseload
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.policy import actions, studies
from wherewithal.web.policy.models import SchemeVersion, Study
from wherewithal.web.policy.schemes import scheme_of

CHEAPER = (
    packaged_text("standard-adult")
    .replace('version: "1"', 'version: "2"')
    .replace("hourly: 24.10, source: home-care", "hourly: 12.00, source: home-care")
)
KINDS = [kind.value for kind in Study.Kind]


@pytest.fixture
def council(db: None) -> SchemeVersion:
    """A whole made-up council; its scheme in force."""
    make_and_load(people=300, seed=5, on=TODAY)
    return SchemeVersion.objects.get()


@pytest.fixture
def analyst(council: SchemeVersion) -> User:
    return User.objects.get(username="trial-analyst")


@pytest.fixture
def cheaper(council: SchemeVersion, analyst: User) -> SchemeVersion:
    return actions.draft_scheme(by=analyst, at=timezone.now(), document=CHEAPER)


def done(by: User, version: SchemeVersion, kind: str, **options: Any) -> Study:
    """Ask for a study and do its job here and now, as a worker would."""
    beside = SchemeVersion.objects.exclude(pk=version.pk).order_by("pk").first()
    study = studies.ask_study(
        by=by, at=timezone.now(), kind=Study.Kind(kind), version=version, beside=beside,
        options={"samples": 100} | options,
    )  # fmt: skip
    work(study)
    study.refresh_from_db()
    return study


def work(study: Study, attempts: int = 0) -> None:
    context: Any = SimpleNamespace(job=SimpleNamespace(attempts=attempts))
    tasks.run_study.func(context, study=study.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_says_what_it_found_and_keeps_its_files(
    cheaper: SchemeVersion, analyst: User, kind: str, signed_in: Callable[[User], Client]
) -> None:
    study = done(analyst, cheaper, kind, threshold="20%")
    assert (study.status, study.progress, study.error) == ("done", 100, "")
    page = signed_in(analyst).get(f"/policy/studies/{study.pk}/").content.decode()
    assert "What was found" in page
    assert bytes(study.workbook)[:2] == b"PK"
    names = ZipFile(BytesIO(study.tables)).namelist()
    assert names
    assert all(name.endswith(".csv") for name in names)
    assert bool(study.fitted) == (kind == "fit")


def test_nothing_an_analyst_can_open_says_who_anyone_is(
    cheaper: SchemeVersion, analyst: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(analyst)
    shown = [client.get("/policy/"), client.get("/policy/schemes/")]
    for kind in KINDS:
        study = done(analyst, cheaper, kind, threshold="20%")
        place = f"/policy/studies/{study.pk}/"
        shown += [client.get(place), client.get(f"{place}report/")]
        shown += [client.get(f"{place}files/{form}/") for form in ("html", "xlsx", "zip", "yaml")]
        assert client.get(f"/figures/falls/{study.pk}/").status_code == 403
    text = "\n".join(whole_text(answer.content) for answer in shown)
    assert len(text) > 100_000
    for person in Person.objects.all():
        assert person.reference not in text
        assert person.nhs_number is None or person.nhs_number not in text
        assert f"{person.given_name} {person.family_name}" not in text
        assert person.postcode not in text
    assert not re.search(r"\bWW\d{6}\b", text)
    for study in Study.objects.filter(kind="simulate"):
        assert study.falls
        assert not any(each["mark"] in text for each in study.falls)


def whole_text(content: bytes) -> str:
    """Return a page's text, or all that is packed into a zip file or a workbook."""
    if content[:2] != b"PK":
        return content.decode()
    with ZipFile(BytesIO(content)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())


def test_a_manager_sees_by_reference_those_of_the_team_alone(
    cheaper: SchemeVersion, analyst: User, signed_in: Callable[[User], Client]
) -> None:
    study = done(analyst, cheaper, "simulate", threshold="20%")
    elsewhere = Team.objects.create(name="A team elsewhere")
    Person.objects.filter(date_of_birth__lt=date(1950, 1, 1)).update(
        team=elsewhere, practitioner=None
    )
    manager = User.objects.filter(role=Role.MANAGER).exclude(team=elsewhere).first()
    assert manager is not None
    client, place = signed_in(manager), f"/figures/falls/{study.pk}/?page="
    pages = [client.get(f"{place}{number}").content.decode() for number in range(1, 6)]
    shown = set(re.findall(r"\bWW\d{6}\b", "".join(pages)))
    marked = {mark(study.pk, person.pk): person for person in Person.objects.all()}
    fallen = {marked[each["mark"]] for each in study.falls}
    assert shown == {person.reference for person in fallen if person.team_id == manager.team_id}
    assert shown
    assert len(fallen) > len(shown)


def test_two_comparisons_side_by_side_tell_nobodys_figure(
    council: SchemeVersion, cheaper: SchemeVersion, analyst: User
) -> None:
    """A draft that moves the figures of the few who are fed would tell theirs, beside another."""
    first = done(analyst, cheaper, "simulate", threshold="20%")
    again = draft(analyst, CHEAPER.replace('version: "2"', 'version: "3"'))
    assert (first.status, done(analyst, again, "simulate").status) == ("done", "done")
    more = re.sub(r"(eating-too:\s+{minutes: )\d+", r"\g<1>1200", CHEAPER)
    assert more != CHEAPER
    near = draft(analyst, more.replace('version: "2"', 'version: "4"'))
    study = done(analyst, near, "simulate", threshold="20%")
    assert study.status == "failed"
    assert f"Fewer than 10 people would have another figure than by {again}" in study.error
    assert not study.report
    dearer = more.replace("hourly: 12.00", "hourly: 13.00").replace('version: "2"', 'version: "5"')
    assert done(analyst, draft(analyst, dearer), "simulate").status == "done"


def draft(by: User, document: str) -> SchemeVersion:
    return actions.draft_scheme(by=by, at=timezone.now(), document=document)


def test_a_mark_stands_for_someone_in_one_study_only() -> None:
    assert mark(1, 7) == mark(1, 7)
    assert len({mark(1, 7), mark(2, 7), mark(1, 8)}) == 3


def test_the_caseload_is_read_in_two_queries_whoever_is_in_it(council: SchemeVersion) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        caseload = read_caseload("standard-adult", TODAY)
    assert len(queries) == 2
    assert len(caseload.people) > 150
    assert all("name" not in key and "reference" not in key for key in caseload.people[0])


def test_carers_and_people_in_care_homes_and_the_dead_are_left_out(council: SchemeVersion) -> None:
    ids = {each["person"] for each in read_caseload("standard-adult", TODAY).people}
    taken = Person.objects.filter(pk__in=ids)
    assert not taken.filter(kind="carer").exists()
    assert not taken.filter(accommodation_status__icontains="care home").exists()
    assert not taken.filter(date_of_death__isnull=False).exists()


def test_each_answer_stands_as_it_was_given(council: SchemeVersion) -> None:
    scheme = scheme_of(council)
    caseload = read_caseload("standard-adult", TODAY)
    cases = cases_of(caseload, scheme, study=1, on=TODAY)
    question = scheme.questions[0]
    codes = [option.code for option in question.options]
    for row, each in enumerate(caseload.people[:40]):
        answer = Answer.objects.current().filter(
            assessment__person=each["person"], assessment__status="completed",
            question=question.code, state="answered",
        ).order_by("-assessment__completed_at").first()  # fmt: skip
        number = int(cases.columns[question.code][row])
        assert number == (codes.index(answer.value) if answer else number)
        assert number < 0 or answer is not None


def test_help_counts_only_where_every_carer_is_willing_and_able(council: SchemeVersion) -> None:
    caseload = read_caseload("standard-adult", TODAY)
    cases = cases_of(caseload, scheme_of(council), study=1, on=TODAY)
    for row, each in enumerate(caseload.people):
        said = set(
            Supporter.objects.filter(person=each["person"], is_carer=True).values_list(
                "willing", flat=True
            )
        )
        expected = 0 if "no" in said else 1 if said == {"yes"} else -1
        assert int(cases.columns["carer_willing"][row]) == expected


def test_an_answer_that_a_scheme_does_not_offer_counts_as_not_given(
    council: SchemeVersion,
) -> None:
    scheme = scheme_of(council)
    caseload = read_caseload("standard-adult", TODAY)
    question = next(q for q in scheme.questions if q.kind == "one")
    Answer.objects.filter(question=question.code, state="answered").update(value="gone-by")
    cases = cases_of(read_caseload("standard-adult", TODAY), scheme, study=1, on=TODAY)
    before = cases_of(caseload, scheme, study=1, on=TODAY)
    given = before.columns[question.code] >= 0
    assert set(cases.columns[question.code][given].tolist()) == {-1}


def test_a_scheme_fitted_to_plans_is_audited_by_the_one_in_force(
    council: SchemeVersion, analyst: User
) -> None:
    document = CHEAPER.replace('version: "2"', 'version: "2-fitted"')
    fitted = actions.draft_scheme(by=analyst, at=timezone.now(), document=document)
    report = done(analyst, fitted, "audit").report
    assert "Need is measured by" in report
    assert council.hash in report


def test_without_anybody_assessed_a_study_says_so(
    scheme_version: SchemeVersion, make_user: Callable[..., User]
) -> None:
    study = done(make_user(Role.ANALYST), scheme_version, "check")
    assert study.status == "failed"
    assert "Nobody has a finished assessment" in study.error


def test_a_councils_first_scheme_has_a_report_that_says_it_can_see_nobody(
    scheme_version: SchemeVersion, make_user: Callable[..., User]
) -> None:
    study = done(make_user(Role.ANALYST), scheme_version, "audit")
    assert study.status == "done"
    assert "nobody can say who would be short-changed" in study.found["first"][0]
    studies.approve_report(
        by=make_user(Role.ADMINISTRATOR), at=timezone.now(), study=study, note="It is our first."
    )


def test_a_study_that_breaks_says_so_kindly_and_keeps_the_cause_for_the_log(
    scheme_version: SchemeVersion, make_user: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr("wherewithal.web.insight.running.read_caseload", broken)
    with pytest.raises(KeyError):
        done(make_user(Role.ANALYST), scheme_version, "audit")
    study = Study.objects.get()
    assert study.status == "failed"
    assert "Something went wrong on our side" in study.error
    assert "secret" not in study.error


def test_a_study_whose_workers_are_lost_each_time_is_given_up(
    scheme_version: SchemeVersion, make_user: Callable[..., User]
) -> None:
    study = studies.ask_study(
        by=make_user(Role.ANALYST), at=timezone.now(), kind=Study.Kind.AUDIT,
        version=scheme_version,
    )  # fmt: skip
    work(study, attempts=tasks.TRIES)
    study.refresh_from_db()
    assert study.status == "failed"


def test_a_report_opens_sealed(
    cheaper: SchemeVersion, analyst: User, signed_in: Callable[[User], Client]
) -> None:
    study = done(analyst, cheaper, "check")
    answer = signed_in(analyst).get(f"/policy/studies/{study.pk}/report/")
    policy = answer["Content-Security-Policy"]
    assert policy.endswith("sandbox")
    assert "default-src 'none'; style-src 'sha256-" in policy
    assert "script-src" not in policy
    assert "no-store" in answer["Cache-Control"]


def test_a_fitted_scheme_can_be_kept_as_a_draft(
    council: SchemeVersion, analyst: User, signed_in: Callable[[User], Client]
) -> None:
    study = done(analyst, council, "fit")
    answer = signed_in(analyst).post(f"/policy/studies/{study.pk}/take/")
    assert answer.status_code == 302
    kept = SchemeVersion.objects.get(status="draft")
    assert kept.document == study.fitted
    assert kept.drafted_by == analyst


def test_an_administrator_sees_jobs_and_tries_a_failed_one_again(
    scheme_version: SchemeVersion, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    study = done(make_user(Role.ANALYST), scheme_version, "check")
    client = signed_in(make_user(Role.ADMINISTRATOR))
    page = client.get("/policy/jobs/").content.decode()
    assert "Nobody has a finished assessment" in page
    client.post(f"/policy/studies/{study.pk}/again/")
    study.refresh_from_db()
    assert study.status == "waiting"


def test_a_page_that_is_watched_keeps_itself_fresh_until_it_is_paused(
    scheme_version: SchemeVersion, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    analyst = make_user(Role.ANALYST)
    client = signed_in(analyst)
    client.post(f"/policy/schemes/{scheme_version.pk}/study/audit/", {"samples": "200"})
    place = f"/policy/studies/{Study.objects.get().pk}/"
    assert "Refresh" not in client.get(place)
    watched = client.get(f"{place}?watch=yes")
    assert watched["Refresh"].startswith("5;")
    assert "Pause" in watched.content.decode()


@pytest.mark.parametrize("address", ["/policy/", "/policy/schemes/{pk}/", "/policy/jobs/"])
def test_pages_of_the_room_ask_the_database_little(
    cheaper: SchemeVersion, analyst: User, signed_in: Callable[[User], Client], address: str
) -> None:
    for kind in ("check", "audit", "simulate"):
        done(analyst, cheaper, kind)
    reader = analyst if "jobs" not in address else User.objects.get(username="trial-administrator")
    client = signed_in(reader)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address.format(pk=cheaper.pk)).status_code == 200
    assert len(queries) <= 12
