"""What a person may spend their money on: the guide, their own questions, and the answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.careact.spending import VERDICTS, by_verdict, look_up
from wherewithal.dates import add_working_days
from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.money import actions, querysets
from wherewithal.web.money.forms import AskForm, SearchForm
from wherewithal.web.money.models import Question
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show
from wherewithal.web.policy.settings import local


@person_page(OWN | STAFF)
def spending(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what the money is for, what it may and may not buy, and what others were told."""
    form = SearchForm(request.GET or None)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    return show(
        request, "money/spending.jinja", person, search=form, asked=asked,
        found=look_up(asked)[:5] if asked else (), told=querysets.published(asked),
        guide=by_verdict(), verdicts=VERDICTS, lines=querysets.lines_of_plan(person),
        questions=list(querysets.questions_of(person)),
    )  # fmt: skip


@person_page(OWN | STAFF)
def ask(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Ask “May I use it for …?” in one's own words."""
    days = int(local("spending_answer_days")["spending_answer_days"])
    lines = querysets.lines_of_plan(person)
    form = AskForm(request.POST or None, lines=lines, initial={"words": request.GET.get("q", "")})
    if form.is_valid():
        data, on = form.cleaned_data, timezone.localdate()
        by_day = add_working_days(on, days, bank_holidays())
        question = actions.ask(
            by=signed_in(request), at=timezone.now(), person=person, words=data["words"],
            answer_by=by_day, budget_line=form.lines.get(data["line"]),
        )  # fmt: skip
        messages.success(
            request, f"Thank you for asking. You will hear by {question.answer_by:%-d %B %Y}."
        )
        return redirect("money:spending", person.reference)
    return show(
        request, "money/form.jinja", person, form=form, title="May I use it for …?",
        intro=f"We answer within {days} working days, and say why.", button_text="Ask",
        back=reverse("money:spending", args=[person.reference]), back_text="Back to the guide",
    )  # fmt: skip


@require_POST
def _take_back(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    question = get_object_or_404(Question, pk=pk, person=person)
    try:
        actions.take_back(by=signed_in(request), at=timezone.now(), question=question)
    except NotNow as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Your question is taken back.")
    return redirect("money:spending", person.reference)


take_back = person_page(OWN | STAFF)(_take_back)
