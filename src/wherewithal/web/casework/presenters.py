"""From people, stages and audit rows to what the pages say."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from wherewithal.web.accounts.models import AuditRow
from wherewithal.web.accounts.roles import CARE, Role
from wherewithal.web.casework.road import Step
from wherewithal.web.people.models import Person, Stage


def stages(counts: Mapping[Stage, int], *, chosen: str) -> list[dict[str, Any]]:
    """Return one filter link per stage that has anyone, with its count."""
    home = reverse("casework:home")
    links = [{"text": f"Everyone ({sum(counts.values())})", "href": home, "current": not chosen}]
    for stage in Stage:
        if counts.get(stage):
            text = f"{stage.label} ({counts[stage]})"
            href = f"{home}?stage={stage.value}#people"
            links.append({"text": text, "href": href, "current": stage == chosen})
    return links


def moment(row: AuditRow) -> dict[str, Any]:
    """Return one audit row as an entry of the timeline; what ran by itself names nobody."""
    return {"title": row.summary, "at": row.at, "by": str(row.by) if row.by is not None else ""}


NEXT_WORDS = {
    "Assessment": "Tell us about your days",
    "Eligibility": "See what happens next",
    "Indicative budget": "See the first figure",
    "Support plan": "Make the plan",
    "Money check": "See the money check",
    "Personal budget": "See the personal budget",
    "How the money is held": "Choose how the money is held",
    "Payments": "See the payments",
}


def next_words(steps: list[Step]) -> str:
    """Return what the one big button on a person's own page says."""
    return next((NEXT_WORDS[step.title] for step in steps if step.state == "now"), "")


def after_review(changed: bool) -> str:
    """Return what to do next once a review is written down."""
    if changed:
        return "The review is saved. Now begin a new assessment: their needs have changed."
    return "The review is saved."


def sections(person: Person, role: Role) -> list[dict[str, Any]]:
    """Return the parts of a record that this role may open."""
    places = [
        ("Road and timeline", "record:person", True),
        ("About", "people:about", role in CARE),
        ("Assessment", "assessments:tasks", role in CARE),
        ("Support plan", "plans:overview", role in CARE),
        ("Money check", "budgets:charge", True),
        ("Personal budget", "budgets:statement", True),
        ("Payments", "money:mine", True),
        ("Account check", "checks:account", True),
    ]
    return [
        {
            "text": text,
            "href": reverse(name, kwargs={"ref": person.reference}),
            "current": name == "record:person",
        }
        for text, name, shown in places
        if shown
    ]
