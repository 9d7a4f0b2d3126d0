"""The money of today: what waits for whom, the people first and the papers last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.pages import page, signed_in
from wherewithal.web.accounts.roles import STAFF, Role
from wherewithal.web.budgets.charges.models import ExpenseClaim
from wherewithal.web.budgets.pauses.actions import frozen_now, stays_to_look_at
from wherewithal.web.checks.due import reviews_due
from wherewithal.web.checks.models import Flag, LookAgain, SurplusProposal
from wherewithal.web.insight.models import Duty
from wherewithal.web.money.querysets import to_answer, to_read
from wherewithal.web.payments.late.alarm import came_back_untold
from wherewithal.web.payments.late.now import late_now
from wherewithal.web.payments.models import Run
from wherewithal.web.payments.querysets import doubtful_payees
from wherewithal.web.payments.settling.last_sums import died_with_a_budget, last_sums
from wherewithal.web.people.models import Person
from wherewithal.web.providers.accounts import accounts_in_doubt
from wherewithal.web.providers.querysets import count_waiting
from wherewithal.web.statements.models import Line

FINANCE = frozenset({Role.FINANCE})
DECIDERS = frozenset({Role.FINANCE, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things of one kind that wait: what, how many, why it matters, and where to go."""

    what: str
    count: int
    why: str
    address: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, on which day, and the people they may know about."""

    user: User
    on: date

    @property
    def role(self) -> Role:
        """The reader's role."""
        return Role(self.user.role)

    def theirs(self, people: set[int]) -> set[int]:
        """Keep the people whom the reader may know about."""
        seen = Person.objects.visible_to(self.user).filter(pk__in=people)
        return set(seen.values_list("pk", flat=True))


def _people(reader: Reader) -> Iterator[Waiting]:
    """Yield what somebody waits for, or could be hurt by."""
    seen = Person.objects.visible_to(reader.user)
    frozen = reader.theirs({each.budget.person_id for each in frozen_now()})
    stays = reader.theirs({each.person.pk for each in stays_to_look_at(reader.on)})
    if reader.role in FINANCE:
        yield Waiting(
            "Money that could be late", len(late_now(reader.on)),
            "There is still time to send it.", "payments:late",
        )  # fmt: skip
        yield Waiting(
            "Money that the bank sent back", came_back_untold().count(),
            "It is owed again, and the person does not know yet.", "payments:came-back",
        )  # fmt: skip
        yield Waiting(
            "Accounts of people to check", doubtful_payees().count(),
            "Money came back from there, and nothing is sent until it is right.",
            "payments:came-back",
        )  # fmt: skip
    yield Waiting(
        "Payments that are stopped", len(frozen),
        "See that the plan for tomorrow still holds.", "all_pauses:look",
    )  # fmt: skip
    yield Waiting(
        "Talks to have about an account", Flag.objects.unsettled().filter(person__in=seen).count(),
        "How the person is comes first.", "checking:worklist",
    )  # fmt: skip
    late = [each for each in reviews_due(seen, reader.on) if each.late]
    yield Waiting(
        "Reviews of direct payments that are late", len(late),
        "The law says by when we ask how it goes.", "checking:reviews",
    )  # fmt: skip
    yield Waiting(
        "Decisions to look at again", LookAgain.objects.waiting().filter(person__in=seen).count(),
        "By somebody who did not make them.", "checking:worklist",
    )  # fmt: skip
    yield Waiting(
        "Questions about what money may be used for", to_answer(reader.user).count(),
        "Somebody waits before they spend.", "spending:waiting",
    )  # fmt: skip
    yield Waiting(
        "Costs of disability to decide about",
        ExpenseClaim.objects.filter(status="waiting", person__in=seen).count(),
        "Until then people pay more than they may have to.", "charges:costs",
    )  # fmt: skip
    yield Waiting(
        "Long stays in a care home", len(stays),
        "A direct payment may have to pause.", "all_pauses:look",
    )  # fmt: skip


def _papers(reader: Reader) -> Iterator[Waiting]:
    """Yield what waits for an officer."""
    seen = Person.objects.visible_to(reader.user)
    if reader.role in FINANCE:
        yield from _runs(reader)
        yield Waiting(
            "Bills from providers", count_waiting(),
            "Those as planned take one press of a button.", "providers:bills",
        )  # fmt: skip
        yield Waiting(
            "Accounts of providers to check", len(accounts_in_doubt()),
            "Money came back from there, so their bills wait.", "payments:came-back",
        )  # fmt: skip
    if reader.role in DECIDERS:
        over = SurplusProposal.objects.for_decision().filter(person__in=seen)
        yield Waiting(
            "Money that is over, to decide about", over.count(),
            "Nothing is ever taken by itself.", "checking:worklist",
        )  # fmt: skip
        ended = {each.budget.person_id for each in last_sums(reader.on)}
        ended |= {each.person_id for each in died_with_a_budget()}
        yield Waiting(
            "Last sums of budgets that ended", len(reader.theirs(ended)),
            "A family should not have to wait.", "settling:waiting",
        )  # fmt: skip
    lines = Line.objects.filter(sure=False, person__in=seen)
    yield Waiting(
        "Statements with something to look at", lines.values("person").distinct().count(),
        "Lines that nothing was learnt about yet.", "waiting_statements:waiting",
    )  # fmt: skip
    yield Waiting(
        "Answers to read before everybody sees them", to_read(reader.user).count(),
        "So that people hear the same from all of us.", "spending:waiting",
    )  # fmt: skip


def _runs(reader: Reader) -> Iterator[Waiting]:
    open_runs = Run.objects.filter(status__in=["prepared", "checked", "approved"])
    yield Waiting(
        "Payment runs under way", open_runs.count(),
        "Each needs a second officer, and then the bank.", "payments:runs",
    )  # fmt: skip
    sent = Run.objects.filter(status="released", pay_on__lt=reader.on).count()
    yield Waiting(
        "Runs to confirm", sent, "The money should have arrived.", "payments:runs",
    )  # fmt: skip
    failed = Duty.objects.filter(day=reader.on, state="failed").count()
    yield Waiting("Duties that went wrong today", failed, "Look what they say.", "insight:duties")


def waiting_for(user: User, on: date) -> tuple[list[Waiting], list[Waiting]]:
    """Return what waits for people, and what waits for papers, noughts included."""
    reader = Reader(user, on)
    return list(_people(reader)), list(_papers(reader))


PLACES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("Payment runs", "payments:runs", FINANCE),
    ("Accounts to look at", "checking:worklist", STAFF),
    ("Statements", "waiting_statements:waiting", STAFF),
    ("Bills from providers", "providers:bills", FINANCE),
    ("What people owe for support we arrange", "providers:own-bills", FINANCE),
    ("Pauses", "all_pauses:look", STAFF),
    ("Last sums", "settling:waiting", DECIDERS),
    ("Questions about spending", "spending:waiting", STAFF),
    ("Charges and yearly figures", "charges:home", FINANCE),
    ("The books", "books:books", FINANCE),
    ("What runs by itself", "insight:duties", FINANCE),
)
"""Where to go from here, and who may."""


@page(STAFF)
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """Show what waits today, first for people, then on paper; and where everything is."""
    user = signed_in(request)
    people, papers = waiting_for(user, timezone.localdate())
    return render(request, "start/money.jinja", {
        "groups": [
            ("Somebody waits", [each for each in people if each.count]),
            ("Papers to see to", [each for each in papers if each.count]),
        ],
        "clear": [each.what for each in (*people, *papers) if not each.count],
        "places": [(text, name) for text, name, roles in PLACES if user.role in roles],
    })  # fmt: skip
