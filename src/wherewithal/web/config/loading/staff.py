"""Who works in the made-up council, and the example accounts: users with no usable password."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from wherewithal.council.records import family_names, names
from wherewithal.web.accounts.models import Team, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.config.loading.examples import Examples
from wherewithal.web.config.loading.source import PersonRow

TEAM_COLUMNS = ("id", "name", "phone")
USER_COLUMNS = (
    "id", "password", "is_superuser", "username", "first_name", "last_name", "email", "is_staff",
    "is_active", "date_joined", "role", "team_id", "phone", "password_is_temporary",
)  # fmt: skip
FINANCE_OFFICERS = 3


@dataclass(frozen=True, slots=True)
class Staff:
    """Ids of everyone who acts: practitioners and managers by their number in the council."""

    team_rows: list[tuple[Any, ...]]
    user_rows: list[tuple[Any, ...]]
    teams: dict[int, int]
    practitioners: dict[int, int]
    managers: dict[int, int]
    by_username: dict[str, int]

    @property
    def preparer(self) -> int:
        """The finance officer who prepares payment runs."""
        return self.by_username["trial-finance"]

    @property
    def approver(self) -> int:
        """The finance officer who approves them."""
        return self.by_username["trial-finance-2"]


def staff_of(
    people: list[PersonRow], on: date, examples: Examples, *, after_team: int, after_user: int
) -> Staff:
    """Make teams and users, with ids that follow those in use."""
    team_of = {0: 0} | {person.practitioner: person.team for person in people}
    teams = sorted(set(team_of.values()))
    team_ids = {team: after_team + place for place, team in enumerate(teams, start=1)}
    users, ids = [], {}
    for place, (username, role, name, team) in enumerate(
        _accounts(examples, teams, team_of), start=after_user + 1
    ):
        ids[username] = place
        team_id = None if team is None else team_ids[team]
        users.append(_user(place, username, role, name, team_id, on))
    return Staff(
        team_rows=[(team_ids[team], team_name(team), _phone(team)) for team in teams],
        user_rows=users,
        teams=team_ids,
        practitioners={number: ids[practitioner_name(number)] for number in sorted(team_of)},
        managers={team: ids[manager_name(team)] for team in teams},
        by_username=ids,
    )


def practitioner_name(number: int) -> str:
    """Return the username of a practitioner; the first is the one to try."""
    return "trial-practitioner" if number == 0 else f"prac-{number + 1:04d}"


def manager_name(team: int) -> str:
    """Return the username of a team's manager; the first is the one to try."""
    return "trial-manager" if team == 0 else f"manager-{team + 1:03d}"


def team_name(team: int) -> str:
    """Return a plainly made-up team name."""
    streets = names()["streets"]
    again = team // len(streets)
    return f"{streets[team % len(streets)]} team" + (f" {again + 1}" if again else "")


def _accounts(
    examples: Examples, teams: list[int], team_of: dict[int, int]
) -> Iterator[tuple[str, Role, tuple[str, str], int | None]]:
    """Yield username, role, name and team of everyone who signs in."""
    fixed: list[tuple[str, Role, int | None]] = [
        ("trial-finance", Role.FINANCE, None),
        ("trial-finance-2", Role.FINANCE, None),
        *((f"finance-{n}", Role.FINANCE, None) for n in range(3, FINANCE_OFFICERS + 1)),
        ("trial-analyst", Role.ANALYST, None),
        ("trial-administrator", Role.ADMINISTRATOR, None),
        *((manager_name(team), Role.MANAGER, team) for team in teams),
        *((practitioner_name(n), Role.PRACTITIONER, team_of[n]) for n in sorted(team_of)),
    ]
    for number, (username, role, team) in enumerate(fixed):
        yield username, role, _name(number), team
    for username, role, name in examples.accounts:
        yield username, role, name, None


def _name(number: int) -> tuple[str, str]:
    given = names()["given"]
    pool = [*given["feminine_younger"], *given["masculine_younger"], *given["anyone"]]
    family = family_names()
    return pool[(number * 37 + 5) % len(pool)], family[(number * 173 + 11) % len(family)]


def _phone(number: int) -> str:
    return f"01632 960{(number * 7 + 110) % 1000:03d}"


def _user(
    user: int, username: str, role: Role, name: tuple[str, str], team: int | None, on: date
) -> tuple[Any, ...]:
    return (
        user, make_password(None), False, username, *name, f"{username}@ambleford.example.org",
        False, True, f"{on} 08:00+00", role.value, team, _phone(user), False,
    )  # fmt: skip


def in_the_way() -> str:
    """Say what already stands where the council would go, or nothing."""
    if taken := User.objects.filter(username__startswith="trial-").order_by("id").first():
        return f"There is already an account called {taken.username!r}."
    if team := Team.objects.order_by("id").first():
        return f"There is already a team called {team.name!r}."
    return ""
