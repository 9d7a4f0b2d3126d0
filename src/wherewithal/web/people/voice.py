"""How a page or a letter speaks: to the person themself, or about them to someone else."""

from dataclasses import dataclass

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.people.models import Person


@dataclass(frozen=True, slots=True)
class Voice:
    """Who reads about whom: ``own`` is the person themself, ``staff`` a practitioner or manager."""

    name: str
    own: bool
    staff: bool = False

    @property
    def they(self) -> str:
        """Return "you", or the person's name."""
        return "you" if self.own else self.name

    @property
    def their(self) -> str:
        """Return "your", or the person's name with ’s."""
        return "your" if self.own else f"{self.name}’s"

    @property
    def they_first(self) -> str:
        """Return ``they`` as it begins a sentence."""
        return "You" if self.own else self.they

    @property
    def their_first(self) -> str:
        """Return ``their`` as it begins a sentence."""
        return "Your" if self.own else self.their

    def say(self, own: str, other: str) -> str:
        """Return the sentence for this reader; ``{name}`` in the other one is filled in."""
        return own if self.own else other.replace("{name}", self.name)


def voice_for(person: Person, reader: User) -> Voice:
    """Return how pages about this person speak to this reader."""
    return Voice(_called(person), own=reader.role == Role.PERSON, staff=reader.role in CARE)


def voice_to(person: Person) -> Voice:
    """Return how a letter speaks: it is always to the person."""
    return Voice(_called(person), own=True)


def _called(person: Person) -> str:
    return person.preferred_name or person.given_name
