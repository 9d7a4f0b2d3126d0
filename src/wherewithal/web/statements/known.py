"""What is known of an account before its lines are looked at, as the pure matching takes it."""

from dataclasses import dataclass
from datetime import date

from wherewithal.monitoring.matching import Known, Meaning, Part, Rule, Sent
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local
from wherewithal.web.statements.models import PayeeRule

NOT_SENT = ("prepared", "checked", "cancelled")


@dataclass(frozen=True, slots=True)
class Account:
    """One account of one person, with what is known of it for the days of each budget."""

    person: Person
    holding: str
    pieces: tuple[tuple[date, Known], ...]

    def known_on(self, day: date) -> Known:
        """Return what is known for a day: by the budget in force, or the first before there was."""
        found = self.pieces[0][1]
        for begins, known in self.pieces:
            if begins <= day:
                found = known
        return found


def account_of(person: Person, holding: str) -> Account:
    """Read everything that helps to say what the lines of an account were (four queries)."""
    budgets = (
        Budget.objects.filter(person=person, status__in=["signed-off", "ended"])
        .prefetch_related("lines")
        .order_by("period")
    )
    rules, council = rules_for(person), str(local("council_name")["council_name"])
    names = tuple({(given, person.family_name) for given in _given_names(person)})
    pieces = [
        (budget.period.lower, Known(rules, _parts(budget, holding), (), names, council))
        for budget in budgets
    ]
    return Account(
        person, holding, tuple(pieces) or ((date.min, Known(rules, (), (), names, council)),)
    )


def rules_for(person: Person) -> tuple[Rule, ...]:
    """Return what is known of payees: what was said of this person's, and what holds for all."""
    found = PayeeRule.objects.filter(person=person) | PayeeRule.objects.filter(person=None)
    return tuple(
        Rule(
            rule.pk, rule.payee, rule.incoming, Meaning(rule.meaning), rule.budget_line_id,
            rule.words or (rule.budget_line.what if rule.budget_line else ""),
            rule.person_id is not None,
        )
        for rule in found.select_related("budget_line").order_by("pk")
    )  # fmt: skip


def sent_to(person: Person, holding: str) -> list[Sent]:
    """Return the council's payments into an account, oldest first."""
    payments = (
        Payment.objects.filter(person=person, holding=holding, cancelled=False)
        .exclude(run__status__in=NOT_SENT)
        .values_list("run__pay_on", "net", "reference")
        .order_by("run__pay_on", "id")
    )
    return [Sent(*row) for row in payments]


def _given_names(person: Person) -> list[str]:
    return [name for name in (person.given_name, person.preferred_name) if name]


def _parts(budget: Budget, holding: str) -> tuple[Part, ...]:
    return tuple(
        Part(line.pk, line.what, line.provider, line.weekly)
        for line in budget.lines.all()
        if line.holding == holding
    )
