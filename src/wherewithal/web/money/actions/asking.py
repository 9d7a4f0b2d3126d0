"""Asking “May I use it for …?”, answering with reasons, and telling everybody the same."""

from datetime import date, datetime

from django.db import transaction

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.money.giving_away import gives_away
from wherewithal.web.money.models import Precedent, Question
from wherewithal.web.people.models import Person


@transaction.atomic
def ask(
    *,
    by: User,
    at: datetime,
    person: Person,
    words: str,
    answer_by: date,
    budget_line: BudgetLine | None = None,
) -> Question:
    """Ask whether the money may be used for something, in one's own words."""
    question = Question.objects.create(
        person=person, words=words, budget_line=budget_line, asked_at=at, asked_by=by,
        answer_by=answer_by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="spending.asked", person=person.reference, question=question.pk,
        summary=f"Asked: may the money be used for this? “{words}”",
    )  # fmt: skip
    return question


@transaction.atomic
def take_back(*, by: User, at: datetime, question: Question) -> Question:
    """Take a question back before it is answered."""
    question = _locked(question)
    check_move(Question.TRANSITIONS, question.status, Question.Status.WITHDRAWN, "The question")
    question.status = Question.Status.WITHDRAWN
    question.save(update_fields=["status"])
    record(
        by=by, at=at, verb="spending.taken-back", person=question.person.reference,
        question=question.pk, summary="A question about spending was taken back.",
    )  # fmt: skip
    return question


@transaction.atomic
def answer(
    *,
    by: User,
    at: datetime,
    question: Question,
    verdict: str,
    reasons: str,
    condition: str = "",
    rule: str = "",
) -> Question:
    """Answer yes, yes if, or no, with reasons that the person reads.

    Raises:
        NotNow: it was answered or taken back already, or by whoever asked it.
        ValueError: there are no reasons, or “yes, if” does not say what.
    """
    question = _locked(question)
    check_move(Question.TRANSITIONS, question.status, Question.Status.ANSWERED, "The question")
    if question.asked_by_id == by.pk:
        raise NotNow("You wrote this question down, so somebody else answers it.")
    if not reasons.strip():
        raise ValueError("Write why, in words the person can read.")
    if verdict == Question.Verdict.YES_IF and not condition.strip():
        raise ValueError("Write what has to be so for it to be a yes.")
    question.status = Question.Status.ANSWERED
    question.verdict = verdict
    question.condition = condition.strip() if verdict == Question.Verdict.YES_IF else ""
    question.reasons, question.rule = reasons.strip(), rule.strip()
    question.answered_at, question.answered_by = at, by
    question.save()
    record(
        by=by, at=at, verb="spending.answered", person=question.person.reference,
        question=question.pk, verdict=verdict,
        summary=f"“{question.words}” {question.get_verdict_display()}. {question.reasons}",
    )  # fmt: skip
    return question


@transaction.atomic
def propose_precedent(
    *, by: User, at: datetime, question: Question, asked: str, reasons: str, condition: str = ""
) -> Precedent:
    """Tell an answer again for everybody, in words that could be about anybody.

    Raises:
        NotNow: the question has no answer, or is told already.
        ValueError: the words show who asked; the message names what does.
    """
    question = _locked(question)
    if question.status != Question.Status.ANSWERED:
        raise NotNow("Answer the question first.")
    if Precedent.objects.filter(source=question).exists():
        raise NotNow("This answer has been proposed for everybody already.")
    _refuse_to_give_away(question.person, asked, reasons, condition)
    precedent = Precedent.objects.create(
        source=question, ask=asked.strip(), verdict=question.verdict, reasons=reasons.strip(),
        condition=condition.strip() or question.condition, rule=question.rule, proposed_at=at,
        proposed_by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="precedent.proposed", precedent=precedent.pk,
        summary=f"An answer about spending was proposed for everybody: “{precedent.ask}”",
    )  # fmt: skip
    return precedent


@transaction.atomic
def read_precedent(
    *, by: User, at: datetime, precedent: Precedent, publish: bool, note: str = ""
) -> Precedent:
    """Publish a proposed precedent or turn it down, as its second reader.

    Raises:
        NotNow: it was read already, or the reader is who proposed it.
        ValueError: it is turned down without a reason.
    """
    precedent = Precedent.objects.select_for_update().get(pk=precedent.pk)
    to = Precedent.Status.PUBLISHED if publish else Precedent.Status.TURNED_DOWN
    check_move(Precedent.TRANSITIONS, precedent.status, to, "The answer")
    if precedent.proposed_by_id == by.pk:
        raise NotNow("You proposed this answer, so somebody else reads it.")
    if not publish and not note.strip():
        raise ValueError("Write why it is not published.")
    if publish:
        _refuse_to_give_away(
            precedent.source.person, precedent.ask, precedent.reasons, precedent.condition
        )
    precedent.status, precedent.note = to, note.strip()
    precedent.read_at, precedent.read_by = at, by
    precedent.save(update_fields=["status", "note", "read_at", "read_by"])
    done = "published" if publish else "turned down"
    record(
        by=by, at=at, verb=f"precedent.{to}", precedent=precedent.pk, note=precedent.note,
        summary=f"An answer about spending was {done}: “{precedent.ask}”",
    )  # fmt: skip
    return precedent


@transaction.atomic
def withdraw_precedent(*, by: User, at: datetime, precedent: Precedent, note: str) -> Precedent:
    """Stop showing a precedent that is no longer so; everyone's old answers stay as they were.

    Raises:
        NotNow: it is not published.
        ValueError: there is no reason.
    """
    precedent = Precedent.objects.select_for_update().get(pk=precedent.pk)
    check_move(Precedent.TRANSITIONS, precedent.status, Precedent.Status.WITHDRAWN, "The answer")
    if not note.strip():
        raise ValueError("Write why it is no longer so.")
    precedent.status, precedent.note = Precedent.Status.WITHDRAWN, note.strip()
    precedent.save(update_fields=["status", "note"])
    record(
        by=by, at=at, verb="precedent.withdrawn", precedent=precedent.pk, note=precedent.note,
        summary=f"An answer about spending is no longer so: “{precedent.ask}”",
    )  # fmt: skip
    return precedent


def _locked(question: Question) -> Question:
    return (
        Question.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=question.pk)
    )


def _refuse_to_give_away(person: Person, *texts: str) -> None:
    found = gives_away(person, " ".join(texts))
    if found:
        raise ValueError(
            f"Take out {', '.join(f'“{word}”' for word in found)}: it shows who asked."
        )
