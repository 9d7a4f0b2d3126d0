"""What a care and support plan must hold before it can be signed, and what it should hold.

Source: Care Act 2014, sections 25 and 26.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wherewithal.careact.sources import Source, source
from wherewithal.money import pounds

Level = Literal["required", "expected"]
DIRECT_PAYMENT = "direct_payment"
DEPLOYMENTS = frozenset({"council_managed", DIRECT_PAYMENT, "isf", "third_party_managed", "trust"})


@dataclass(frozen=True, slots=True)
class PlanNeed:
    """A need from the assessment; ``None`` means not yet decided.

    ``how`` may stay empty where a plan line names the need. ``why_not_met`` is for an eligible
    need the council will not meet, for example because a carer is willing and able to.
    """

    code: str
    words: str
    eligible: bool | None
    council_will_meet: bool | None
    how: str = ""
    why_not_met: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One piece of support: which needs it meets, how it is held, pence paid and how often."""

    code: str
    what: str
    needs: frozenset[str]
    deployment: str
    amount: int | None = None
    frequency: str = ""

    def __post_init__(self) -> None:
        if self.deployment not in DEPLOYMENTS:
            known = ", ".join(sorted(DEPLOYMENTS))
            raise ValueError(
                f"Line {self.code} is held as {self.deployment!r}. Use one of: {known}."
            )
        if self.amount is not None and self.amount < 0:
            raise ValueError(
                f"Line {self.code} costs {pounds(self.amount)}. A line can't cost less than zero."
            )


@dataclass(frozen=True, slots=True)
class Involvement:
    """Someone who must be asked to take part in making the plan; ``who`` as a sentence says it."""

    who: str
    took_part: bool | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as the completeness rules read it. Money in pence.

    ``outcomes`` are what the person wants to achieve, in their words. ``person_took_part`` is
    about the person; ``others`` are any carer, and anyone the person asked to have involved.
    """

    needs: tuple[PlanNeed, ...]
    lines: tuple[PlanLine, ...]
    outcomes: tuple[str, ...]
    personal_budget: int | None
    advice_reducing: str
    advice_preventing: str
    person_took_part: bool | None
    person_why_not: str = ""
    others: tuple[Involvement, ...] = ()
    agreed: bool | None = None
    steps_to_agree: str = ""
    contingency: str = ""
    copy_given: bool = False

    def __post_init__(self) -> None:
        for what, codes in (
            ("needs", [need.code for need in self.needs]),
            ("lines", [line.code for line in self.lines]),
        ):
            if twice := [code for code, count in Counter(codes).items() if count > 1]:
                raise ValueError(f"Two {what} of the plan are called {twice[0]!r}. Rename one.")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing the plan still lacks; ``required`` blocks signing, ``expected`` does not."""

    code: str
    sentence: str
    source: Source
    level: Level = "required"


def gaps(plan: PlanFacts) -> tuple[Gap, ...]:
    """Name everything a plan still lacks, required things first; empty when it is complete."""
    found = [
        *_need_gaps(plan),
        *_line_gaps(plan),
        *_part_gaps(plan),
        *_involvement_gaps(plan),
        *_expected_gaps(plan),
    ]
    return tuple(sorted(found, key=lambda gap: gap.level == "expected"))


def is_complete(plan: PlanFacts) -> bool:
    """Say whether nothing required is missing, so that the plan may be signed."""
    return all(gap.level == "expected" for gap in gaps(plan))


def _gap(code: str, sentence: str, where: str = "act-25", level: Level = "required") -> Gap:
    return Gap(code, sentence, source(where), level)


def _need_gaps(plan: PlanFacts) -> Iterator[Gap]:
    if not plan.needs:
        yield _gap("no-needs", "Add the needs the assessment found. The plan does not list any.")
    covered = frozenset(code for line in plan.lines for code in line.needs)
    for need in plan.needs:
        if need.eligible is None:
            yield _gap(
                "need-not-decided", f"Say whether the need “{need.words}” is an eligible need."
            )
        if need.council_will_meet is None:
            yield _gap(
                "need-not-placed", f"Say whether the council will meet the need “{need.words}”."
            )
        elif need.council_will_meet and not need.how.strip() and need.code not in covered:
            yield _gap(
                "need-without-how",
                f"Say how the need “{need.words}” will be met. No support in the plan covers it.",
            )
        elif need.eligible and not need.council_will_meet and not need.why_not_met.strip():
            yield _gap(
                "need-not-met-without-reason",
                f"Say why the council will not meet “{need.words}”, for example because someone "
                "is willing and able to help with it. It is an eligible need.",
                "act-24",
            )


def _line_gaps(plan: PlanFacts) -> Iterator[Gap]:
    known = frozenset(need.code for need in plan.needs)
    for line in plan.lines:
        if unknown := line.needs - known:
            yield _gap(
                "line-for-unknown-need",
                f"“{line.what}” is meant for {', '.join(sorted(unknown))}, which the plan does not "
                "list. Choose a need from the plan.",
            )
        if line.deployment == DIRECT_PAYMENT:
            yield from _direct_payment_gaps(line)
        elif not line.needs:
            yield _gap("line-without-need", f"Say which need “{line.what}” is for.")


def _direct_payment_gaps(line: PlanLine) -> Iterator[Gap]:
    if not line.needs:
        yield _gap(
            "direct-payment-without-need",
            f"Say which needs the direct payment for “{line.what}” is for.",
        )
    if line.amount is None:
        yield _gap(
            "direct-payment-without-amount",
            f"Say how much the direct payment for “{line.what}” is.",
        )
    if not line.frequency.strip():
        yield _gap(
            "direct-payment-without-frequency",
            f"Say how often the direct payment for “{line.what}” is paid.",
        )


def _part_gaps(plan: PlanFacts) -> Iterator[Gap]:
    if not any(outcome.strip() for outcome in plan.outcomes):
        yield _gap(
            "no-outcomes",
            "Write down what the person wants to be able to do, and which support helps with it.",
        )
    if plan.personal_budget is None:
        yield _gap("no-personal-budget", "Add the personal budget.", "act-26")
    if not plan.advice_reducing.strip():
        yield _gap("no-advice-reducing", "Add advice on what can make the needs less.")
    if not plan.advice_preventing.strip():
        yield _gap(
            "no-advice-preventing",
            "Add advice on what can stop new needs, or put them off.",
        )


def _involvement_gaps(plan: PlanFacts) -> Iterator[Gap]:
    if not plan.person_took_part and not plan.person_why_not.strip():
        yield _gap(
            "person-not-involved",
            "Say how the person took part in making the plan. If they could not or did not want "
            "to, say why.",
        )
    for other in plan.others:
        if not other.took_part and not other.why_not.strip():
            yield _gap(
                "someone-not-involved",
                f"Say how {other.who} took part in making the plan. If they did not, say why.",
            )
    if not plan.agreed and not plan.steps_to_agree.strip():
        yield _gap(
            "not-agreed",
            "Say whether the person agrees with the plan. If they do not, write what has been "
            "done to reach agreement.",
        )


def _expected_gaps(plan: PlanFacts) -> Iterator[Gap]:
    if not plan.contingency.strip():
        yield _gap(
            "no-contingency",
            "Write what happens if things go wrong, for example if a helper is ill.",
            "guidance-contingency",
            "expected",
        )
    if not plan.copy_given:
        yield _gap(
            "copy-not-given",
            "Give the person their copy of the plan, in the format they need.",
            "act-25-copy",
            "expected",
        )
