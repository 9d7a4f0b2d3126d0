"""What is worth a conversation in somebody's account. A flag opens a talk and never a sanction.

Each rule is a function from an :class:`Account` to what it saw, in sentences with days and sums.
What stands in the account may always have a good reason; only the person can say it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wherewithal.monitoring import questions, support, welfare
from wherewithal.monitoring.account import Account, Limits
from wherewithal.monitoring.rules import Rule, rule
from wherewithal.monitoring.sight import Sight


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing worth a conversation: the rule, what was seen, and what tells it from others.

    ``about`` stays the same while the matter does, so that looking again finds the same flag.
    """

    rule: Rule
    seen: tuple[str, ...]
    about: str = ""

    @property
    def key(self) -> str:
        """Return what this flag is known by within one account."""
        return f"{self.rule.code}:{self.about}" if self.about else self.rule.code

    @property
    def matters(self) -> str:
        """Say why it matters."""
        return self.rule.matters

    @property
    def ask(self) -> str:
        """Say how to begin the conversation."""
        return self.rule.ask


Finder = Callable[[Account, Limits], Iterator[Sight]]

FINDERS: tuple[tuple[str, Finder], ...] = (
    ("spending-stops", welfare.spending_stops),
    ("near-nothing", welfare.near_nothing),
    ("care-home-stays", welfare.care_home_stays),
    ("several-managed", welfare.several_managed),
    ("paid-after-death", support.paid_after_death),
    ("paid-while-away", support.paid_while_away),
    ("no-insurance", support.no_insurance),
    ("no-returns", support.no_returns),
    ("contribution-behind", support.contribution_behind),
    ("above-reserve", questions.above_reserve),
    ("cash", questions.cash),
    ("relative-paid", questions.relative_paid),
    ("holder-paid", questions.holder_paid),
    ("shared-payee", questions.shared_payee),
    ("hours-over-plan", questions.hours_over_plan),
    ("hours-over-day", questions.hours_over_day),
    ("round-sums", questions.round_sums),
    ("paid-twice", questions.paid_twice),
    ("merchants", questions.merchants),
    ("account-changed", questions.account_changed),
)
"""Every rule that looks at an account, by code. The rule ``worry`` is only ever opened by hand."""


def find_flags(account: Account, limits: Limits) -> tuple[Flag, ...]:
    """Return everything worth a conversation, welfare first.

    After a death nothing else is asked than what the family may need help with.
    """
    finders = [
        (code, find)
        for code, find in FINDERS
        if account.died_on is None or code == "paid-after-death"
    ]
    found = [
        Flag(rule(code), sight.seen, sight.about)
        for code, find in finders
        for sight in find(account, limits)
    ]
    return tuple(sorted(found, key=lambda flag: flag.rule.place))
