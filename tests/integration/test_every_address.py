"""Every address opens to exactly the roles it declares, for exactly whom they may know."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import PUBLIC, Role
from wherewithal.web.people.models import Person

EXAMPLES = {"pk": 1, "role": "person"}
ANYTHING = {"int": "1", "slug": "something", "str": "something"}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Yield the name and pattern of every address of the product."""

    def inside(resolver: URLResolver, names: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                space = (pattern.namespace,) if pattern.namespace else ()
                yield from inside(pattern, (*names, *space))
            else:
                yield ":".join((*names, pattern.name or "")), pattern

    return inside(get_resolver(), ())


def full_path(name: str, pattern: URLPattern, ref: str) -> str:
    """Return an address with something plausible in every place."""
    wanted: dict[str, object] = {}
    for key, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        wanted[key] = EXAMPLES.get(key, ANYTHING.get(kind, "something"))
    try:
        return reverse(name, kwargs={**wanted, "ref": ref})
    except NoReverseMatch:
        return reverse(name, kwargs=wanted)


def roles_of(pattern: URLPattern) -> Any:
    """Return the roles that a view declares with ``@page`` or ``@person_page``."""
    return getattr(pattern.callback, "roles", None)


KEYED = "interface-1:"
"""Addresses for programs, which a key opens and nobody's sign-in does: see test_interface_keys."""
ADDRESSES = sorted(
    (pair for pair in addresses() if not pair[0].startswith(KEYED)), key=lambda pair: pair[0]
)


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_every_address_declares_who_may_open_it(name: str, pattern: URLPattern) -> None:
    roles = roles_of(pattern)
    assert roles is not None, f"{name} has no @page or @person_page on the outside."
    assert roles is PUBLIC or (roles and roles <= frozenset(Role))


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_every_address_as_every_role(
    name: str, pattern: URLPattern, person: Person, make_user: Callable[..., User]
) -> None:
    """Roles not named get 403; named roles who do not know the person get 404; nobody gets 500."""
    roles = roles_of(pattern)
    elsewhere = Team.objects.create(name="A team elsewhere")
    path = full_path(name, pattern, person.reference)
    about_someone = f"/people/{person.reference}/" in path
    for role in Role:
        client = Client()
        staff = role in {Role.PRACTITIONER, Role.MANAGER}
        client.force_login(make_user(role, team=elsewhere if staff else None))
        status = client.get(path).status_code
        if roles is not PUBLIC and role not in roles:
            assert status == 403, f"{role} opened {path}"
        elif about_someone and role != Role.FINANCE:
            assert status == 404, f"{role} learned something from {path}"
        else:
            assert status in {200, 302, 404, 405}, f"{role} got {status} from {path}"


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_nobody_gets_in_without_signing_in(
    name: str, pattern: URLPattern, person: Person, client: Client
) -> None:
    path = full_path(name, pattern, person.reference)
    answer = client.get(path)
    if roles_of(pattern) is PUBLIC:
        assert answer.status_code in {200, 302, 404, 405}
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:sign-in"))
