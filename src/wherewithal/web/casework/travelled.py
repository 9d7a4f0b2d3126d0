"""How far a person has come: the newest record of each stage, read at one go."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.models import Person


@dataclass(frozen=True, slots=True)
class Travelled:
    """What the road tells of each stage; ``None`` where the person is not there yet.

    Sums are pence: ``indicative`` and ``cost`` a week, ``paid`` once. ``has_figure`` without
    ``indicative`` is a plan to be costed piece by piece.
    """

    begun_at: datetime | None
    finished_at: datetime | None
    eligible: bool | None
    decided_at: datetime | None
    has_figure: bool
    indicative: int | None
    plan: str | None
    charged_from: date | None
    budget: str | None
    cost: int | None
    statement_on: date | None
    agreement_on: date | None
    paid: int | None
    pay_on: date | None

    @property
    def signed_off(self) -> bool:
        """Whether there is a personal budget in place."""
        return self.budget == Budget.Status.SIGNED_OFF

    @property
    def ended(self) -> bool:
        """Whether there was one, and it ended with the road."""
        return self.budget == Budget.Status.ENDED


# Written out because it stands on the most opened page of all: one question, where the same in
# querysets is five, and each of them takes longer to put together than to answer.
_NEWEST_OF_EACH = """
SELECT assessment.started_at, assessment.completed_at,
       eligibility.eligible, eligibility.decided_at,
       indicative.id IS NOT NULL, indicative.weekly,
       plan.status,
       charge.starts,
       budget.status, budget.cost, budget.statement_on, budget.agreement_on,
       payment.net, payment.pay_on
FROM people_person AS person
LEFT JOIN LATERAL (
    SELECT id, started_at, completed_at FROM assessments_assessment
    WHERE person_id = person.id AND status <> 'abandoned'
    ORDER BY started_at DESC LIMIT 1
) AS assessment ON true
LEFT JOIN assessments_eligibilitydecision AS eligibility
    ON eligibility.assessment_id = assessment.id
LEFT JOIN assessments_indicativebudget AS indicative
    ON indicative.assessment_id = assessment.id
LEFT JOIN LATERAL (
    SELECT status FROM plans_supportplan
    WHERE person_id = person.id AND status <> 'replaced'
    ORDER BY started_at DESC LIMIT 1
) AS plan ON true
LEFT JOIN LATERAL (
    SELECT starts FROM budgets_financialassessment
    WHERE person_id = person.id
    ORDER BY starts DESC, id DESC LIMIT 1
) AS charge ON true
LEFT JOIN LATERAL (
    SELECT status, cost, statement_on, agreement_on FROM budgets_budget
    WHERE person_id = person.id AND status <> 'returned'
        AND (status <> 'ended' OR person.stage = 'ended')
    ORDER BY proposed_at DESC LIMIT 1
) AS budget ON true
LEFT JOIN LATERAL (
    SELECT net, pay_on FROM payments_payment JOIN payments_run AS run ON run.id = run_id
    WHERE person_id = person.id AND run.status IN ('approved', 'released', 'confirmed')
        AND payments_payment.state NOT IN ('returned', 'recalled') AND invoice_id IS NULL
        AND net > 0
    ORDER BY pay_on DESC LIMIT 1
) AS payment ON true
WHERE person.id = %s
"""


def travelled(person: Person) -> Travelled:
    """Read how far someone has come (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_OF_EACH, [person.pk])
        return Travelled(*cursor.fetchone())
