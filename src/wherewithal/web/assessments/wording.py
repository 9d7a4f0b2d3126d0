"""How a page speaks: to the person themself, or about them to someone else."""

from dataclasses import dataclass

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.assessments.models import Answer
from wherewithal.web.people.models import Person

How = Answer.How


@dataclass(frozen=True, slots=True)
class Voice:
    """Who reads a page about whom: ``own`` is the person themself, ``staff`` a practitioner."""

    name: str
    own: bool
    staff: bool

    @property
    def they(self) -> str:
        """Return "you", or the person's name."""
        return "you" if self.own else self.name

    @property
    def their(self) -> str:
        """Return "your", or the person's name with ’s."""
        return "your" if self.own else f"{self.name}’s"

    def say(self, own: str, other: str) -> str:
        """Return the sentence for this reader; ``{name}`` in the other one is filled in."""
        return own if self.own else other.replace("{name}", self.name)


def voice_for(person: Person, user: User) -> Voice:
    """Return how pages about this person speak to this reader."""
    name = person.preferred_name or person.given_name
    return Voice(name=name, own=user.role == Role.PERSON, staff=user.role in CARE)


def voice_to(person: Person) -> Voice:
    """Return how a letter speaks: it is always to the person."""
    return Voice(person.preferred_name or person.given_name, own=True, staff=False)


def ways_of_answering(voice: Voice) -> list[tuple[str, str]]:
    """Return who may be answering, and how, in words for this reader."""
    if voice.own:
        return [
            (How.SELF, "I am answering for myself"),
            (How.TOGETHER, "I am answering together with someone"),
            (How.HELPER, "Someone is answering for me"),
            (How.TOLD, "I told a practitioner, who is writing it down"),
        ]
    return [
        (How.SELF, f"{voice.name} said this, word for word"),
        (How.TOGETHER, f"{voice.name} and I worked it out together"),
        (How.HELPER, f"Someone who helps {voice.name} said this"),
        (How.TOLD, f"{voice.name} told a practitioner"),
    ]


def usual_way(user: User) -> str:
    """Return how this reader answers unless they say otherwise; staff say it the first time."""
    ways = {Role.PERSON: How.SELF, Role.SUPPORTER: How.HELPER}
    way = ways.get(Role(user.role))
    return str(way) if way else ""


HOW_WORDS = {
    How.SELF: "in their own words",
    How.TOGETHER: "talked through together",
    How.TOLD: "told to a practitioner",
    How.HELPER: "said by someone helping",
}
STATE_WORDS = {
    "answered": "Answered",
    "skipped": "Skipped for now",
    "not-applicable": "Does not apply",
    "declined": "Would rather not say",
    "unknown": "Not known",
}
HELP_WORDS = {
    0: "None of it",
    25: "A little of it",
    50: "About half of it",
    75: "Most of it",
    100: "All of it",
}


def help_words(percent: int) -> str:
    """Say how much family or friends do."""
    return HELP_WORDS.get(percent, f"About {percent}% of it")
