"""Sending a form to any address writes only for those who may write, and never breaks."""

import secrets
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from tests.integration.planned import planned
from tests.integration.test_every_address import ADDRESSES, full_path

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.roles import PUBLIC, Role
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.policy.models import SchemeVersion

EACH = pytest.mark.parametrize(
    ("name", "pattern"), ADDRESSES, ids=[f"{name}-posted" for name, _ in ADDRESSES]
)
ALLOWED = {200, 302, 404, 405}
STAFF_OF_A_TEAM = {Role.PRACTITIONER, Role.MANAGER}
SIGNS_IN = "sign-in."


def written() -> int:
    """Count what was done so far, signing in aside: every write leaves an audit row."""
    return AuditRow.objects.exclude(verb__startswith=SIGNS_IN).count()


@EACH
def test_outsiders_who_send_an_empty_form_are_refused_and_write_nothing(
    name: str, pattern: URLPattern, person: Person, make_user: Callable[..., User]
) -> None:
    """Roles not named get 403, those who do not know the person 404, and nothing is written."""
    roles = getattr(pattern.callback, "roles", None)
    assert roles
    elsewhere = Team.objects.create(name="A team elsewhere")
    path = full_path(name, pattern, person.reference)
    about_someone = f"/people/{person.reference}/" in path
    before = written()
    for role in Role:
        client = Client()
        client.force_login(make_user(role, team=elsewhere if role in STAFF_OF_A_TEAM else None))
        status = client.post(path).status_code
        if roles is not PUBLIC and role not in roles:
            assert status == 403, f"{role} could send a form to {path}"
        elif about_someone and role != Role.FINANCE:
            assert status == 404, f"{role} could send a form to {path}"
        else:
            assert status in ALLOWED, f"{role} got {status} from {path}"
        if about_someone and role != Role.FINANCE:
            assert written() == before, f"{role} wrote something at {path}"


@EACH
def test_nobody_writes_without_signing_in(
    name: str, pattern: URLPattern, person: Person, client: Client
) -> None:
    roles = getattr(pattern.callback, "roles", None)
    assert roles
    path = full_path(name, pattern, person.reference)
    before = written()
    answer = client.post(path)
    if roles is PUBLIC:
        assert answer.status_code in ALLOWED
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:sign-in"))
    assert written() == before


@EACH
def test_those_who_know_the_person_never_see_a_page_break(
    name: str, pattern: URLPattern, person: Person, practitioner: User, manager: User,
    finance: User, scheme_version: SchemeVersion,
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner)
    path = full_path(name, pattern, person.reference)
    helper = person.supporters.get().user
    for user in (person.user, helper, practitioner, manager, finance):
        assert user is not None
        client = Client()
        client.force_login(user)
        assert client.post(path).status_code in ALLOWED | {403}, f"{user.role} at {path}"


@EACH
def test_a_form_from_another_site_is_refused(
    name: str, pattern: URLPattern, person: Person, practitioner: User
) -> None:
    """Without the token of its own page a form is turned away, whatever it holds."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(practitioner)
    path = full_path(name, pattern, person.reference)
    assert client.post(path, {"csrf_token": secrets.token_hex()}).status_code == 403


def test_a_supporter_loses_sight_as_soon_as_the_person_says_so(
    person: Person, signed_in: Callable[[User], Client]
) -> None:
    helper = Supporter.objects.get(person=person)
    assert helper.user is not None
    client = signed_in(helper.user)
    page = reverse("people:communication", args=[person.reference])
    assert client.get(page).status_code == 200
    Supporter.objects.filter(pk=helper.pk).update(may_see=False)
    assert client.get(page).status_code == 404
    assert client.post(page, {"communication_note": "Ring me instead."}).status_code == 404


def test_nothing_of_another_person_can_be_reached_through_ones_own_address(
    person: Person, make_person: Callable[..., Person], practitioner: User,
    scheme_version: SchemeVersion, signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    """A plan line, an outcome or a supporter belongs to the person named before it."""
    planned(person, scheme_version, practitioner)
    other = make_person(given_name="Cy")
    theirs = planned(other, scheme_version, practitioner)
    stranger = Supporter.objects.create(person=other, name="Di", relationship="friend")
    line, outcome = theirs.lines.first(), theirs.outcomes.first()
    assert line is not None
    assert outcome is not None
    client = signed_in(practitioner)
    for name, extra in (
        ("plans:line", {"pk": line.pk}),
        ("plans:outcome", {"pk": outcome.pk}),
        ("plans:remove", {"kind": "support", "pk": line.pk}),
        ("plans:remove", {"kind": "outcomes", "pk": outcome.pk}),
        ("people:supporter", {"pk": stranger.pk}),
        ("people:may-see", {"pk": stranger.pk}),
        ("people:willing", {"pk": stranger.pk}),
        ("people:supporter-way-in", {"pk": stranger.pk}),
    ):
        path = reverse(name, kwargs={"ref": person.reference, **extra})
        assert client.get(path).status_code == 404, path
        assert client.post(path, {"words": "Mine now"}).status_code == 404, path
