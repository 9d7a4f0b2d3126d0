"""People and places that integration tests start from: a small, plainly made-up council."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import count
from typing import Any

import pytest
from django.test import Client

from wherewithal.scheme import packaged
from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.policy.models import SchemeVersion, Study
from wherewithal.web.policy.studies import Found, approve_report, begin_study, finish_study

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
numbers = count(1)


@pytest.fixture
def team(db: None) -> Team:
    return Team.objects.create(name="Harbour team", phone="01632 960111")


@pytest.fixture
def make_user(team: Team) -> Callable[..., User]:
    """Make someone who signs in: ``make_user(Role.FINANCE, "Fern")``."""

    def make(role: Role, given_name: str = "", **fields: Any) -> User:
        staff = role in {Role.PRACTITIONER, Role.MANAGER}
        given_name = given_name or role.label.split()[0]
        return User.objects.create_user(
            username=f"{role}-{next(numbers)}", role=role, first_name=given_name,
            last_name="Thistlewick", team=fields.pop("team", team if staff else None), **fields,
        )  # fmt: skip

    return make


@pytest.fixture
def practitioner(make_user: Callable[..., User]) -> User:
    return make_user(Role.PRACTITIONER, "Pat")


@pytest.fixture
def manager(make_user: Callable[..., User]) -> User:
    return make_user(Role.MANAGER, "Morag")


@pytest.fixture
def finance(make_user: Callable[..., User]) -> User:
    return make_user(Role.FINANCE, "Fern")


@pytest.fixture
def make_person(team: Team, practitioner: User) -> Callable[..., Person]:
    """Make someone known to the council, with any field overridden."""

    def make(**fields: Any) -> Person:
        number = next(numbers)
        values: dict[str, Any] = {
            "reference": f"WW9{number:05d}", "given_name": "Ada", "family_name": "Marlowbridge",
            "date_of_birth": date(1950, 5, 1), "known_since": date(2026, 10, 1),
            "practitioner": practitioner, "team": team, "address_line": "1 Lantern Row",
            "town": "Ambleford", "postcode": "ZZ99 1AA",
        }  # fmt: skip
        return Person.objects.create(**(values | fields))

    return make


@pytest.fixture
def person(make_person: Callable[..., Person], make_user: Callable[..., User]) -> Person:
    """Someone who signs in themselves and has a daughter who helps."""
    someone = make_person(user=make_user(Role.PERSON, "Ada"))
    Supporter.objects.create(
        person=someone, user=make_user(Role.SUPPORTER, "Bea"), name="Bea Marlowbridge",
        relationship="daughter", is_carer=True, willing="yes", able="yes", may_see=True,
    )  # fmt: skip
    return someone


@pytest.fixture
def scheme_version(db: None) -> SchemeVersion:
    """The standard adult scheme, published and in force."""
    scheme = packaged("standard-adult")
    document = (
        files("wherewithal.scheme.library").joinpath("standard_adult.yaml").read_text("utf-8")
    )
    return SchemeVersion.objects.create(
        code="standard-adult", version=scheme.version, title=scheme.title, document=document,
        hash=scheme.hash, status="published", published_on=date(2026, 4, 1),
        unaudited_because="It came with the product.",
    )  # fmt: skip


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a browser without JavaScript in which this user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def approved_report(make_user: Callable[..., User]) -> Callable[[SchemeVersion], Study]:
    """Give a version an equality report that one person asked for and another approved."""

    def make(version: SchemeVersion) -> Study:
        asker, reader = make_user(Role.ANALYST, "Asker"), make_user(Role.ADMINISTRATOR, "Reader")
        study = Study.objects.create(
            kind="audit", scheme=version, document=version.document, scheme_hash=version.hash,
            asked_by=asker, asked_at=NOW,
        )  # fmt: skip
        begin_study(at=NOW, study=study.pk)
        found = Found(("Nobody was found.",), (), "<p>Nobody</p>", b"", b"")
        finish_study(at=NOW, study=study, found=found)
        return approve_report(by=reader, at=NOW, study=study, note="Nobody is short-changed.")

    return make
