"""The ten outcomes for adults, the four ways of being unable, and what wellbeing covers.

Labels and questions are our own plain words. Outcomes have no order of importance.
Source: Care and Support (Eligibility Criteria) Regulations 2015 (SI 2015/313), regulation 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing in daily life that the eligibility test looks at."""

    code: str
    key: str
    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the four ways in which someone counts as unable to do something."""

    code: str
    label: str
    for_person: str
    explanation: str


@dataclass(frozen=True, slots=True)
class WellbeingArea:
    """One part of wellbeing, for judging whether the impact is significant."""

    key: str
    label: str


ADULT_OUTCOMES: tuple[Outcome, ...] = (
    Outcome("A1", "nutrition", "eating and drinking well",
            "Do you get enough of the right things to eat and drink?"),
    Outcome("A2", "hygiene", "keeping yourself and your clothes clean",
            "Can you wash, and keep your clothes clean?"),
    Outcome("A3", "toilet", "using the toilet",
            "Can you manage going to the toilet?"),
    Outcome("A4", "clothing", "being dressed for the day and the weather",
            "Can you get dressed in clothes that suit the weather and what you are doing?"),
    Outcome("A5", "home_safety", "being safe at home",
            "Can you move around and use your home safely?"),
    Outcome("A6", "habitable", "keeping your home fit to live in",
            "Can you keep your home clean, warm and in order, and pay for what it needs?"),
    Outcome("A7", "relationships", "seeing family, friends and people who matter to you",
            "Can you keep up with family and friends, and make new friends?"),
    Outcome("A8", "work", "taking part in work, training, learning or volunteering",
            "Can you get to work, training, a class or volunteering, and take part?"),
    Outcome("A9", "community", "using places and services near you, like buses and parks",
            "Can you get about and use local places, like shops, buses, parks and clubs?"),
    Outcome("A10", "child", "looking after a child",
            "If you look after a child, can you do what the child needs?"),
)  # fmt: skip

CRITERIA: tuple[Criterion, ...] = (
    Criterion("U1", "needs help", "you need someone’s help",
              "You cannot do it without help. This also counts if you need reminding, or if you "
              "cannot do it even with help."),
    Criterion("U2", "pain, distress or anxiety", "it causes you a lot of pain or worry",
              "You can do it, but it causes you a lot of pain, distress or anxiety."),
    Criterion("U3", "danger", "it puts you or someone else in danger",
              "You can do it, but it puts your health or safety, or someone else’s, in danger."),
    Criterion("U4", "takes much longer", "it takes you much longer than it should",
              "You can do it, but it takes you much longer than it takes most people."),
)  # fmt: skip

WELLBEING_AREAS: tuple[WellbeingArea, ...] = (
    WellbeingArea("dignity", "being treated with dignity and respect"),
    WellbeingArea("health", "your health, in body and mind, and how you feel"),
    WellbeingArea("protection", "being safe from abuse and neglect"),
    WellbeingArea("control", "having a say over your day-to-day life and your care"),
    WellbeingArea("participation", "work, learning, training and leisure"),
    WellbeingArea("economic", "money, and your place in society"),
    WellbeingArea("relationships", "home life, family and people close to you"),
    WellbeingArea("accommodation", "having a home that suits you"),
    WellbeingArea("contribution", "being able to give something to others"),
)

OUTCOMES_BY_CODE: Mapping[str, Outcome] = MappingProxyType({o.code: o for o in ADULT_OUTCOMES})
CRITERIA_BY_CODE: Mapping[str, Criterion] = MappingProxyType({c.code: c for c in CRITERIA})
