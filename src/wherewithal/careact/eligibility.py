"""Whether an adult's needs are eligible: three tests, with reasons in words.

The test is carer-blind. Help from family or friends has no place in :class:`EligibilityFacts`, so
it cannot change the decision; it is looked at later, when deciding what the council must meet.
Source: SI 2015/313, regulation 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wherewithal.careact.outcomes import ADULT_OUTCOMES, CRITERIA_BY_CODE, OUTCOMES_BY_CODE
from wherewithal.careact.sources import Finding, Reason, all_of, source

OUTCOMES_NEEDED = 2


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """What the three tests need to know about one adult; ``None`` means not yet answered.

    ``unable`` gives, for each outcome looked at, the criteria (U1–U4) that make the adult unable
    to achieve it. An empty set means looked at: the adult is able, or it does not apply. An
    outcome that is absent has not been looked at yet. ``judged_over`` says in words which period
    was looked at, for needs that come and go.

    Raises:
        ValueError: an outcome or criterion code is not known.
    """

    cause: bool | None
    unable: Mapping[str, frozenset[str]]
    impact: bool | None
    comes_and_goes: bool = False
    judged_over: str = ""

    def __post_init__(self) -> None:
        for outcome, criteria in self.unable.items():
            if outcome not in OUTCOMES_BY_CODE:
                raise ValueError(f"There is no outcome {outcome!r}. Use one of A1 to A10.")
            if not criteria <= CRITERIA_BY_CODE.keys():
                unknown = ", ".join(sorted(criteria - CRITERIA_BY_CODE.keys()))
                raise ValueError(f"Outcome {outcome} has the criterion {unknown!r}. Use U1 to U4.")
        object.__setattr__(self, "unable", MappingProxyType(dict(self.unable)))


@dataclass(frozen=True, slots=True)
class EligibilityDecision:
    """The decision: ``eligible`` is ``None`` while something that could change it is missing."""

    eligible: bool | None
    tests: tuple[Finding, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    what_follows: tuple[Reason, ...]

    @property
    def for_person(self) -> tuple[str, ...]:
        """Return the decision as sentences, in the order a letter says them."""
        follows = tuple(reason.for_person for reason in self.what_follows)
        return (*(reason.for_person for reason in self.reasons), *self.missing, *follows)


def all_considered(unable: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the mapping with every outcome it leaves out marked as looked at and able."""
    return {o.code: frozenset(unable.get(o.code, frozenset())) for o in ADULT_OUTCOMES}


def decide_adult(facts: EligibilityFacts) -> EligibilityDecision:
    """Decide whether an adult's needs are eligible; carer help plays no part."""
    tests = (_cause(facts), _outcomes(facts), _impact(facts))
    eligible = all_of(tuple(test.met for test in tests))
    return EligibilityDecision(
        eligible=eligible,
        tests=tests,
        reasons=_reasons(eligible, tests, facts),
        missing=_missing(facts, tests) if eligible is None else (),
        what_follows=_what_follows(eligible),
    )


def outcomes_unable(facts: EligibilityFacts) -> tuple[str, ...]:
    """Return the codes of the outcomes the adult cannot achieve, each once, A1 first."""
    return tuple(o.code for o in ADULT_OUTCOMES if facts.unable.get(o.code))


def _period_missing(facts: EligibilityFacts) -> bool:
    return facts.comes_and_goes and not facts.judged_over.strip()


def _cause(facts: EligibilityFacts) -> Finding:
    words = {
        True: "Your needs come from, or are linked to, an illness, an impairment or a disability. "
        "You do not need a diagnosis for this to count.",
        False: "We found that your needs do not come from an illness, an impairment or a "
        "disability.",
        None: "We have not yet decided whether your needs come from an illness, an impairment or "
        "a disability.",
    }
    return Finding("cause", facts.cause, words[facts.cause], source("eligibility-2"))


def _outcomes(facts: EligibilityFacts) -> Finding:
    unable = outcomes_unable(facts)
    open_still = len(ADULT_OUTCOMES) - len(facts.unable)
    met: bool | None = None
    if len(unable) >= OUTCOMES_NEEDED:
        met = True
    elif len(unable) + open_still < OUTCOMES_NEEDED and not _period_missing(facts):
        met = False
    return Finding("outcomes", met, _outcomes_words(facts, unable, met), source("eligibility-2"))


def _outcomes_words(facts: EligibilityFacts, unable: tuple[str, ...], met: bool | None) -> str:
    found = "; ".join(_one_outcome(code, facts.unable[code]) for code in unable)
    count = (
        f"{len(unable)} of the 10 everyday things" if unable else "none of the 10 everyday things"
    )
    told = f"There are difficulties with {count} we looked at" + (f": {found}." if found else ".")
    if met:
        return f"{told} The rule asks for two or more."
    if met is False:
        return f"{told} The rule asks for at least two."
    return f"{told} The rule asks for two or more, and we have not finished looking."


def _one_outcome(code: str, criteria: frozenset[str]) -> str:
    whys = " and ".join(CRITERIA_BY_CODE[c].for_person for c in sorted(criteria))
    return f"{OUTCOMES_BY_CODE[code].label} ({whys})"


def _impact(facts: EligibilityFacts) -> Finding:
    words = {
        True: "This has, or is likely to have, a big effect on your wellbeing.",
        False: "We found that this does not have, and is not likely to have, a big effect on your "
        "wellbeing.",
        None: "We have not yet decided how much this affects your wellbeing.",
    }
    met = None if facts.impact is False and _period_missing(facts) else facts.impact
    return Finding("impact", met, words[met], source("eligibility-2"))


def _reasons(
    eligible: bool | None, tests: tuple[Finding, ...], facts: EligibilityFacts
) -> tuple[Reason, ...]:
    opening = {
        True: "You have eligible needs. All three parts of the test are met.",
        False: "You do not have eligible needs at the moment, because not all three parts of the "
        "test are met.",
        None: "We cannot decide yet.",
    }
    reasons = [Reason(opening[eligible], source("eligibility-2"))]
    reasons += [test.reason for test in tests]
    if facts.comes_and_goes and not _period_missing(facts):
        reasons.append(
            Reason(
                "Your needs change from day to day, so we looked over a longer time: "
                f"{facts.judged_over.strip().rstrip('.')}.",
                source("eligibility-2-fluctuate"),
            )
        )
    reasons.append(
        Reason(
            "We did not count help from family or friends in this decision.",
            source("guidance-carer-blind"),
        )
    )
    return tuple(reasons)


def _missing(facts: EligibilityFacts, tests: tuple[Finding, ...]) -> tuple[str, ...]:
    cause, outcomes, impact = tests
    missing = []
    if cause.met is None:
        missing.append("Say whether the needs come from an illness, an impairment or a disability.")
    if outcomes.met is None:
        missing += [
            f"Look at {o.label} ({o.code})." for o in ADULT_OUTCOMES if o.code not in facts.unable
        ]
    if impact.met is None and facts.impact is None:
        missing.append("Say whether there is, or is likely to be, a big effect on wellbeing.")
    if _period_missing(facts):
        missing.append("The needs come and go: say which days, weeks or months you looked at.")
    return tuple(missing)


def _what_follows(eligible: bool | None) -> tuple[Reason, ...]:
    if eligible is None:
        return ()
    copy = Reason("We must give you this decision and the reasons in writing.", source("act-13"))
    if eligible:
        return (
            copy,
            Reason(
                "We will talk with you about what could help, and ask whether you want us to "
                "meet these needs.",
                source("act-13"),
            ),
        )
    return (
        copy,
        Reason(
            "We must also give you written advice about what can help now, and what can stop "
            "your needs growing or put that off.",
            source("act-13"),
        ),
        Reason("If things change, you can ask us to look again at any time.", source("act-9")),
    )
