"""When the council must find someone independent to speak up with a person.

The test is about taking part. It is not a test of capacity, and neither is inferred from the
other. Source: Care Act 2014, sections 67 and 68.
"""

from dataclasses import dataclass

from wherewithal.careact.sources import Reason, source

DIFFICULTIES: dict[str, str] = {
    "understand": "understanding the information you need",
    "retain": "remembering it for long enough",
    "use_or_weigh": "using it to think through your choices",
    "communicate": "telling people what you think and want",
}
NOT_APPROPRIATE: dict[str, str] = {
    "paid_carer": "is paid to care for you or works with you as a professional",
    "not_wanted": "is not someone you want to help you",
    "unable_or_unavailable": "cannot do this or is not available",
    "implicated_in_abuse": "may have been part of abuse or neglect",
}
HOSPITAL_DAYS = 28
CARE_HOME_WEEKS = 8

SECTION_67 = frozenset(
    {"adult_assessment", "carer_assessment", "plan", "plan_revision", "child_transition"}
)
SECTION_68 = frozenset({"safeguarding_enquiry", "safeguarding_review"})


@dataclass(frozen=True, slots=True)
class AppropriatePerson:
    """Someone who could help the person take part; ``ruled_out_by`` says why they may not."""

    name: str
    ruled_out_by: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if unknown := self.ruled_out_by - NOT_APPROPRIATE.keys():
            raise ValueError(
                f"{', '.join(sorted(unknown))} is not a ground for ruling someone out. Use "
                f"{', '.join(NOT_APPROPRIATE)}."
            )


@dataclass(frozen=True, slots=True)
class AdvocacyFacts:
    """What the rule needs to know; ``difficulties`` is ``None`` until the question is asked.

    ``hospital_days`` and ``care_home_weeks`` are the length of stay that the assessment or plan
    may lead to (0: none); ``stay_in_interests`` is the council's view that an advocate would be in
    the person's interests then. Difficulties are judged as they are without an advocate.
    """

    process: str
    difficulties: frozenset[str] | None
    helper: AppropriatePerson | None = None
    hospital_days: int = 0
    care_home_weeks: int = 0
    stay_in_interests: bool = True
    disagreement_both_want_advocate: bool = False

    def __post_init__(self) -> None:
        if self.process not in SECTION_67 | SECTION_68:
            known = ", ".join(sorted(SECTION_67 | SECTION_68))
            raise ValueError(f"{self.process!r} is not a process with advocacy. Use {known}.")
        if unknown := (self.difficulties or frozenset()) - DIFFICULTIES.keys():
            raise ValueError(
                f"{', '.join(sorted(unknown))} is not a difficulty. Use {', '.join(DIFFICULTIES)}."
            )


@dataclass(frozen=True, slots=True)
class AdvocacyDecision:
    """Whether an advocate is needed (``None``: not asked yet), and why."""

    needed: bool | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def decide_advocacy(facts: AdvocacyFacts) -> AdvocacyDecision:
    """Decide whether the council must arrange an independent advocate."""
    law = source("act-68" if facts.process in SECTION_68 else "act-67")
    if facts.difficulties is None:
        ask = "Ask whether taking part would be very hard without someone independent to help."
        return AdvocacyDecision(None, (), (ask,))
    if not facts.difficulties:
        told = "You can take part without great difficulty, so you do not have to have an advocate."
        return AdvocacyDecision(False, (Reason(told, law),))
    hard = ", ".join(words for key, words in DIFFICULTIES.items() if key in facts.difficulties)
    opening = Reason(f"Some things would be very hard for you without help: {hard}.", law)
    grounds = _grounds(facts, law_reason=opening)
    if grounds:
        close = Reason("So we must find you an independent advocate. It is free.", law)
        return AdvocacyDecision(True, (opening, *grounds, close))
    name = facts.helper.name if facts.helper else ""
    told = f"{name} can help you take part, so we do not have to find you an advocate."
    return AdvocacyDecision(False, (opening, Reason(told, law)))


def _grounds(facts: AdvocacyFacts, *, law_reason: Reason) -> tuple[Reason, ...]:
    special = source("advocacy-exceptions")
    grounds = []
    if facts.helper is None:
        told = "There is no one else who can help you take part."
        grounds.append(Reason(told, law_reason.source))
    elif facts.helper.ruled_out_by:
        whys = " and ".join(NOT_APPROPRIATE[key] for key in sorted(facts.helper.ruled_out_by))
        grounds.append(Reason(f"{facts.helper.name} {whys}.", law_reason.source))
    if facts.stay_in_interests and facts.hospital_days >= HOSPITAL_DAYS:
        told = "This could lead to a stay in hospital of 28 days or more."
        grounds.append(Reason(told, special))
    if facts.stay_in_interests and facts.care_home_weeks >= CARE_HOME_WEEKS:
        told = "This could lead to a stay in a care home of 8 weeks or more."
        grounds.append(Reason(told, special))
    if facts.helper is not None and facts.disagreement_both_want_advocate:
        told = f"We and {facts.helper.name} disagree, and we both think an advocate would help."
        grounds.append(Reason(told, special))
    return tuple(grounds)
