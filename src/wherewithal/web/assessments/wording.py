"""The words of answering: who may answer, how, and how much someone helps."""

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.assessments.models import Answer
from wherewithal.web.people.voice import Voice

How = Answer.How


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
