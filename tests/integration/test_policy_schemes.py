"""A scheme goes from draft to published by two people, and every mistake in it is named."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from wherewithal.scheme import packaged_text, read_scheme
from wherewithal.scheme.workbook import from_workbook, to_workbook
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.policy.actions import publish_scheme, withdraw_scheme
from wherewithal.web.policy.models import SchemeVersion, Study

SECOND = packaged_text("standard-adult").replace('version: "1"', 'version: "2"')
Status = SchemeVersion.Status


@pytest.fixture
def ash(make_user: Callable[..., User]) -> User:
    return make_user(Role.ANALYST, "Ash")


@pytest.fixture
def ivy(make_user: Callable[..., User]) -> User:
    return make_user(Role.MANAGER, "Ivy")


@pytest.fixture
def draft(ash: User, signed_in: Callable[[User], Client], scheme_version: object) -> SchemeVersion:
    response = signed_in(ash).post("/policy/schemes/new/", {"document": SECOND})
    assert response.status_code == 302
    return SchemeVersion.objects.get(version="2")


def in_parts(day: date) -> dict[str, str]:
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def test_a_sound_document_becomes_a_draft_with_its_mark(draft: SchemeVersion, ash: User) -> None:
    assert draft.status == Status.DRAFT
    assert draft.drafted_by == ash
    assert draft.document == SECOND
    assert len(draft.hash) == 64


def test_a_file_can_be_uploaded_instead(
    ash: User, signed_in: Callable[[User], Client], scheme_version: object
) -> None:
    file = SimpleUploadedFile("scheme.yaml", SECOND.encode())
    response = signed_in(ash).post("/policy/schemes/new/", {"file": file, "document": ""})
    assert response.status_code == 302
    assert SchemeVersion.objects.filter(version="2").exists()


def test_a_workbook_can_be_uploaded_and_taken_home_again(
    ash: User, signed_in: Callable[[User], Client], scheme_version: SchemeVersion
) -> None:
    client = signed_in(ash)
    book = to_workbook(read_scheme(SECOND, name="second"))
    answer = client.post("/policy/schemes/new/", {"file": SimpleUploadedFile("s.xlsx", book)})
    assert answer.status_code == 302
    kept = SchemeVersion.objects.get(version="2")
    assert read_scheme(kept.document, name="kept") == read_scheme(SECOND, name="second")
    home = client.get(f"/policy/schemes/{kept.pk}/workbook/").content
    assert from_workbook(home, "home").hash == kept.hash


@pytest.mark.parametrize("book", [b"", b"PK but no workbook", b"\x00" * 100])
def test_what_is_no_workbook_is_refused_with_what_to_do(
    ash: User, signed_in: Callable[[User], Client], scheme_version: SchemeVersion, book: bytes
) -> None:
    file = SimpleUploadedFile("s.xlsx", book)
    page = signed_in(ash).post("/policy/schemes/new/", {"file": file}).content.decode()
    assert "Error: Draft a new version" in page
    assert SchemeVersion.objects.count() == 1


def test_a_draft_starts_from_a_version_under_the_next_number(
    ash: User, signed_in: Callable[[User], Client], scheme_version: SchemeVersion
) -> None:
    client = signed_in(ash)
    page = client.get(f"/policy/schemes/new/?from={scheme_version.pk}").content.decode()
    assert "version: &#34;2&#34;" in page
    assert client.get("/policy/schemes/new/?from=²").status_code == 200


def test_each_mistake_is_shown_with_its_line_its_value_and_its_mend(
    ash: User, signed_in: Callable[[User], Client], scheme_version: object
) -> None:
    broken = SECOND.replace("hourly: 24.10", "hourly: lots", 1).replace("half-up", "sideways")
    file = SimpleUploadedFile("scheme.yaml", broken.encode())
    page = signed_in(ash).post("/policy/schemes/new/", {"file": file}).content.decode()
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if "hourly: lots" in text)
    assert f">{line}<" in page
    assert ">lots<" in page
    assert "Write a number in digits" in page
    assert ">sideways<" in page
    assert "Mend the mistakes" in page
    assert "hourly: lots" in page  # what came as a file stands in the box, to be mended
    assert SchemeVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"document": ""}, "Choose a file, or paste a document"),
        ({"document": "scheme: \x00"}, "must be plain text"),
        ({"document": packaged_text("standard-adult")}, "a version never changes"),
        ({"document": "a: [1"}, "This is not YAML"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\xfa")}, "must be text in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    ash: User,
    signed_in: Callable[[User], Client],
    scheme_version: object,
    data: dict[str, object],
    message: str,
) -> None:
    page = signed_in(ash).post("/policy/schemes/new/", data).content.decode()
    assert message in page
    assert "Error: Draft a new version" in page


def test_who_drafted_it_does_not_approve_it(
    draft: SchemeVersion, ash: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(ash)
    assert (
        "someone else must approve it"
        in client.get(f"/policy/schemes/{draft.pk}/").content.decode()
    )
    page = client.post(f"/policy/schemes/{draft.pk}/approve/").content.decode()
    assert "You drafted this version" in page
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_two_people_bring_a_scheme_into_force(
    draft: SchemeVersion,
    ivy: User,
    signed_in: Callable[[User], Client],
    client: Client,
    approved_report: Callable[[SchemeVersion], Study],
) -> None:
    approver = signed_in(ivy)
    approver.post(f"/policy/schemes/{draft.pk}/approve/")
    approved_report(draft)
    today = timezone.localdate()
    approver.post(f"/policy/schemes/{draft.pk}/publish/", in_parts(today))
    draft.refresh_from_db()
    assert (draft.status, draft.approved_by, draft.published_on) == (Status.PUBLISHED, ivy, today)
    assert SchemeVersion.objects.live(today) == draft
    assert draft.hash in client.get("/how-the-figure-is-worked-out/").content.decode()
    done = AuditRow.objects.filter(verb__startswith="scheme.").order_by("id")
    verbs = list(done.values_list("verb", flat=True))
    assert verbs == ["scheme.drafted", "scheme.approved", "scheme.published"]
    assert "was published from" in approver.get(f"/policy/schemes/{draft.pk}/").content.decode()


def test_a_draft_is_not_published_unapproved(
    draft: SchemeVersion, ivy: User, signed_in: Callable[[User], Client]
) -> None:
    day = in_parts(timezone.localdate())
    page = signed_in(ivy).post(f"/policy/schemes/{draft.pk}/publish/", day).content.decode()
    assert "is draft, so it cannot become published" in page


def test_a_scheme_never_starts_in_the_past_or_behind_a_later_one(
    draft: SchemeVersion,
    ivy: User,
    signed_in: Callable[[User], Client],
    approved_report: Callable[[SchemeVersion], Study],
) -> None:
    client, today = signed_in(ivy), timezone.localdate()
    approved_report(draft)
    client.post(f"/policy/schemes/{draft.pk}/approve/")
    page = client.post(
        f"/policy/schemes/{draft.pk}/publish/", in_parts(today - timedelta(days=1))
    ).content.decode()
    assert "has gone by" in page
    later = today + timedelta(days=30)
    SchemeVersion.objects.filter(version="1").update(status="withdrawn")
    SchemeVersion.objects.create(
        code="standard-adult",
        version="9",
        title="Later",
        document=SECOND,
        hash="x",
        status="published",
        published_on=later,
        unaudited_because="It came with the product.",
    )
    draft.refresh_from_db()
    with pytest.raises(NotNow, match="Choose a day after that"):
        publish_scheme(by=ivy, at=timezone.now(), version=draft, on=today, today=today)


def test_the_only_scheme_in_force_is_not_withdrawn(
    scheme_version: SchemeVersion, ivy: User
) -> None:
    today = date(2026, 11, 2)
    with pytest.raises(NotNow, match="Publish another version first"):
        withdraw_scheme(by=ivy, at=timezone.now(), version=scheme_version, why="old", today=today)


def test_a_draft_can_be_withdrawn_with_a_reason(
    draft: SchemeVersion, ash: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(ash)
    page = client.post(f"/policy/schemes/{draft.pk}/withdraw/", {"why": ""}).content.decode()
    assert "Enter the reason" in page
    client.post(f"/policy/schemes/{draft.pk}/withdraw/", {"why": "Prices were wrong."})
    draft.refresh_from_db()
    assert draft.status == Status.WITHDRAWN
    assert "Prices were wrong." in AuditRow.objects.get(verb="scheme.withdrawn").summary


def test_an_administrator_reads_schemes_but_does_not_write_them(
    scheme_version: SchemeVersion,
    make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    page = client.get("/policy/schemes/").content.decode()
    assert "In force" in page
    assert "Draft a new version" not in page
    address = f"/policy/schemes/{scheme_version.pk}/"
    assert "What can be done now" not in client.get(address).content.decode()
    assert client.get("/policy/schemes/new/").status_code == 403
    assert client.post(f"{address}withdraw/", {"why": "x"}).status_code == 403
    assert client.get(f"{address}file/").content.decode() == scheme_version.document


def test_the_scheme_of_the_pages_works_by_the_week(
    ash: User, signed_in: Callable[[User], Client], scheme_version: object
) -> None:
    by_month = SECOND.replace("per: week", "per: month")
    by_month = by_month.replace("minutes a week", "minutes a month")
    response = signed_in(ash).post("/policy/schemes/new/", {"document": by_month})
    assert "this scheme works by the month" in response.content.decode()
    assert not SchemeVersion.objects.filter(version="2").exists()
