"""Reads of questions about spending, and of answers that are told to everybody."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import QuerySet

from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.money.models import Precedent, Question
from wherewithal.web.people.models import Person

SHOWN = 20
SHORTEST_WORD = 3


def to_answer(user: User) -> QuerySet[Question]:
    """Return the questions that wait for an answer about people this user may know, oldest due."""
    return (
        Question.objects.filter(status="waiting", person__in=Person.objects.visible_to(user))
        .select_related("person", "budget_line", "asked_by")
        .order_by("answer_by", "id")
    )


def questions_of(person: Person) -> QuerySet[Question]:
    """Return what somebody asked about spending, newest first."""
    asked = Question.objects.filter(person=person).exclude(status="withdrawn")
    return asked.select_related("answered_by").order_by("-asked_at", "-id")


def published(text: str = "") -> QuerySet[Precedent]:
    """Return published answers; with words, those that hold any of them, nearest first."""
    found = Precedent.objects.filter(status="published")
    words = re.findall(rf"[^\W\d_]{{{SHORTEST_WORD},}}", text)
    if not words:
        return found.order_by("-read_at", "-id")[:SHOWN]
    vector = SearchVector("ask", "reasons", "condition", config="english")
    query = SearchQuery(" or ".join(words), search_type="websearch", config="english")
    ranked = found.annotate(found=vector, near=SearchRank(vector, query)).filter(found=query)
    return ranked.order_by("-near", "-id")[:SHOWN]


def to_read(user: User) -> QuerySet[Precedent]:
    """Return proposed answers that somebody else proposed, oldest first."""
    proposed = Precedent.objects.filter(status="proposed").exclude(proposed_by=user)
    return proposed.select_related("proposed_by").order_by("proposed_at", "id")


def lines_of_plan(person: Person) -> list[BudgetLine]:
    """Return the lines of a person's budget, in their order; none where nothing is signed off."""
    budget = person.budgets.filter(status="signed-off").order_by("-period").first()
    return [] if budget is None else list(budget.lines.all())
