"""The page about a person: who may read what, and every change with its audit row."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.people.communication import ask_again, flags
from wherewithal.web.people.models import Person, Supporter

NUMBER = "9990000018"


@pytest.fixture
def own(person: Person, signed_in: Callable[[User], Client]) -> Client:
    assert person.user is not None
    return signed_in(person.user)


@pytest.fixture
def staff(practitioner: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(practitioner)


@pytest.fixture
def bea(person: Person) -> Supporter:
    return Supporter.objects.get(person=person)


def about(person: Person, more: str = "") -> str:
    return f"/people/{person.reference}/about/{more}"


def test_the_person_is_spoken_to_as_you(own: Client, person: Person) -> None:
    page = own.get(about(person)).content.decode()
    assert "How to talk and write to you" in page
    assert "Who helps you" in page


def test_staff_read_the_name_and_see_what_to_remember(staff: Client, person: Person) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = staff.get(about(person)).content.decode()
    assert "About Ada" in page
    assert "Ada Marlowbridge" in page
    assert "Ask how they need us to talk and write to them" in page
    assert len(queries) < 12


def test_whether_a_carer_is_willing_is_not_shown_to_the_person(
    own: Client, staff: Client, person: Person, bea: Supporter, signed_in: Callable[[User], Client]
) -> None:
    assert bea.user is not None
    assert "Willing: yes" not in own.get(about(person)).content.decode()
    assert own.get(about(person, f"supporters/{bea.pk}/help/")).status_code == 403
    assert "Willing: yes" in staff.get(about(person)).content.decode()
    assert "Willing: yes" in signed_in(bea.user).get(about(person)).content.decode()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.ANALYST, Role.ADMINISTRATOR])
def test_other_roles_do_not_open_the_page(
    person: Person, make_user: Callable[..., User], signed_in: Callable[[User], Client], role: Role
) -> None:
    assert signed_in(make_user(role)).get(about(person)).status_code == 403


def test_how_to_talk_with_someone_is_recorded_flagged_and_asked_again(
    own: Client, person: Person
) -> None:
    own.post(
        about(person, "how-to-talk/"),
        {
            "communication_format": "large print",
            "communication_size": "24",
            "contact_method": "relay",
            "communication_help": ["more-time", "someone-there"],
            "communication_note": "Mornings are best.",
        },
    )
    person.refresh_from_db()
    today = timezone.localdate()
    assert person.communication_asked_on == today
    assert flags(person, today) == [
        "Large print, 24 point",
        "Reach by: Relay UK",
        "Someone trusted close by",
        "More time, or shorter talks",
    ]
    assert AuditRow.objects.get(verb="communication.recorded").person_reference == person.reference
    due = ask_again(person)
    assert due is not None
    assert "Ask again how they need us to talk and write to them" in flags(person, due)


def test_large_print_asks_how_large(own: Client, person: Person) -> None:
    page = own.post(
        about(person, "how-to-talk/"),
        {
            "communication_format": "large print",
            "contact_method": "none",
            "communication_help": ["none"],
        },
    ).content.decode()
    assert "Choose how large the print should be" in page
    assert AuditRow.objects.count() == 0


def test_asked_in_a_leap_year_is_asked_again_on_28_february(person: Person) -> None:
    person.communication_asked_on = date(2028, 2, 29)
    assert ask_again(person) == date(2029, 2, 28)


def test_the_person_changes_how_to_be_reached_but_not_who_they_are(
    own: Client, person: Person
) -> None:
    own.post(about(person, "contact/"), {"phone": "01632 960001", "postcode": "zz991ab"})
    person.refresh_from_db()
    assert (person.phone, person.postcode) == ("01632 960001", "ZZ99 1AB")
    row = AuditRow.objects.get(verb="person.changed")
    assert row.detail["before"]["postcode"] == "ZZ99 1AA"
    assert own.get(about(person, "name/")).status_code == 403


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("999 000 0019", "One of the digits in the NHS number is not right"),
        ("999 000", "must be 10 digits, and this has 6"),
    ],
)
def test_an_nhs_number_with_a_slip_is_refused_kindly(
    staff: Client, person: Person, typed: str, message: str
) -> None:
    data = {
        "given_name": "Ada",
        "family_name": "Marlowbridge",
        "nhs_number": typed,
        "date_of_birth_day": "1",
        "date_of_birth_month": "5",
        "date_of_birth_year": "1950",
    }
    page = staff.post(about(person, "name/"), data).content.decode()
    assert message in page
    assert typed in page


def test_a_new_supporter_sees_nothing_until_the_person_agrees(
    own: Client, person: Person, make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    data = {"name": "Cy Marlowbridge", "relationship": "son", "lives_with": "no", "is_carer": "no"}
    response = own.post(about(person, "supporters/new/"), data)
    cy = Supporter.objects.get(name="Cy Marlowbridge")
    assert response["Location"] == about(person, f"supporters/{cy.pk}/may-see/")
    assert not cy.may_see
    cy.user = make_user(Role.SUPPORTER, "Cy")
    cy.save()
    assert signed_in(cy.user).get(about(person)).status_code == 404
    own.post(about(person, f"supporters/{cy.pk}/may-see/"), {"may_see": "yes"})
    assert signed_in(cy.user).get(about(person)).status_code == 200
    own.post(about(person, f"supporters/{cy.pk}/may-see/"), {"may_see": "no"})
    assert signed_in(cy.user).get(about(person)).status_code == 404
    assert AuditRow.objects.filter(verb="consent.recorded").count() == 2


def test_staff_who_record_consent_say_how_they_were_told(
    staff: Client, person: Person, bea: Supporter
) -> None:
    address = about(person, f"supporters/{bea.pk}/may-see/")
    page = staff.post(address, {"may_see": "no", "how": ""}).content.decode()
    assert "Enter how the person told you" in page
    staff.post(address, {"may_see": "no", "how": "Ada shook her head, with Bea there."})
    bea.refresh_from_db()
    assert not bea.may_see
    assert "Ada shook her head" in AuditRow.objects.get(verb="consent.recorded").summary


def test_a_supporter_does_not_decide_what_they_may_see(
    person: Person, bea: Supporter, signed_in: Callable[[User], Client]
) -> None:
    assert bea.user is not None
    address = about(person, f"supporters/{bea.pk}/may-see/")
    assert signed_in(bea.user).post(address, {"may_see": "yes"}).status_code == 403


def test_a_supporter_says_for_themselves_if_they_can_go_on(
    person: Person, bea: Supporter, signed_in: Callable[[User], Client]
) -> None:
    assert bea.user is not None
    other = Supporter.objects.create(person=person, name="Cy", relationship="son")
    client = signed_in(bea.user)
    client.post(about(person, f"supporters/{bea.pk}/help/"), {"willing": "no", "able": "yes"})
    bea.refresh_from_db()
    assert (bea.willing, bea.able) == ("no", "yes")
    answers = {"willing": "yes", "able": "yes"}
    for to, arrives in (
        (f"/people/{person.reference}/assessment/", f"/people/{person.reference}/assessment/"),
        ("https://example.org/", about(person)),
        ("", about(person)),
    ):
        sent = client.post(about(person, f"supporters/{bea.pk}/help/?next={to}"), answers)
        assert sent.headers["Location"] == arrives
    assert client.post(about(person, f"supporters/{other.pk}/help/"), answers).status_code == 403


def test_a_way_in_is_shown_once_and_works(
    staff: Client, make_person: Callable[..., Person], client: Client
) -> None:
    someone = make_person(given_name="Nell")
    page = staff.post(about(someone, "sign-in/")).content.decode()
    someone.refresh_from_db()
    assert someone.user is not None
    assert someone.user.username == someone.reference.lower()
    password = page.split("Password for the first time")[1].split('govuk-summary-list__value">')[1]
    password = password.split("<")[0].strip()
    response = client.post("/sign-in/", {"username": someone.user.username, "password": password})
    assert response["Location"] == "/my-password/"
    assert password not in str(list(AuditRow.objects.values_list("summary", "detail")))


def test_a_supporter_gets_no_way_in_without_consent(
    staff: Client, person: Person, bea: Supporter
) -> None:
    Supporter.objects.filter(pk=bea.pk).update(may_see=False, user=None)
    page = staff.post(about(person, f"supporters/{bea.pk}/sign-in/")).content.decode()
    assert "has not agreed" in page
    bea.refresh_from_db()
    assert bea.user is None


NEW = {
    "kind": "adult",
    "given_name": "Nell",
    "family_name": "Ashgrove",
    "date_of_birth_day": "2",
    "date_of_birth_month": "3",
    "date_of_birth_year": "1948",
    "nhs_number": "999 000 0018",
}


def test_a_practitioner_registers_someone_new_in_their_team(
    staff: Client, practitioner: User, team: Team
) -> None:
    response = staff.post("/people/new/", NEW)
    person = Person.objects.get(family_name="Ashgrove")
    assert response["Location"] == about(person, "how-to-talk/")
    assert (person.practitioner, person.team, person.nhs_number) == (practitioner, team, NUMBER)
    assert person.known_since == timezone.localdate()
    assert AuditRow.objects.get(verb="person.registered").person_reference == person.reference


def test_references_follow_one_another(staff: Client, make_person: Callable[..., Person]) -> None:
    make_person(reference="WW950000")
    staff.post("/people/new/", NEW)
    assert Person.objects.get(family_name="Ashgrove").reference == "WW950001"


def test_someone_who_looks_known_is_shown_before_they_are_registered_twice(
    staff: Client, make_person: Callable[..., Person]
) -> None:
    known = make_person(given_name="Néll", family_name="ASHGROVE", date_of_birth=date(1948, 3, 2))
    page = staff.post("/people/new/", NEW).content.decode()
    assert known.reference in page
    assert Person.objects.count() == 1
    staff.post("/people/new/", NEW | {"someone_else": "yes"})
    assert Person.objects.count() == 2


def test_an_nhs_number_belongs_to_one_person(
    staff: Client, make_person: Callable[..., Person]
) -> None:
    make_person(nhs_number=NUMBER)
    page = staff.post("/people/new/", NEW).content.decode()
    assert "Someone the council knows has this NHS number" in page
    assert "1948" in page  # nothing typed is lost


def test_a_birthday_to_come_is_refused(staff: Client) -> None:
    page = staff.post("/people/new/", NEW | {"date_of_birth_year": "2090"}).content.decode()
    assert "Date of birth must be" in page


@pytest.mark.parametrize("role", [Role.PERSON, Role.FINANCE, Role.ANALYST])
def test_only_practitioners_and_managers_register_people(
    make_user: Callable[..., User], signed_in: Callable[[User], Client], role: Role
) -> None:
    assert signed_in(make_user(role)).get("/people/new/").status_code == 403
