"""One person's account check: what we saw, what we do not ask for, and what comes next."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from wherewithal.web.accounts.pages import signed_in
from wherewithal.web.accounts.roles import OWN, STAFF
from wherewithal.web.checks import due, presenters
from wherewithal.web.checks.actions import flags, looks
from wherewithal.web.checks.facts import DIRECT
from wherewithal.web.checks.forms import (
    CallForm,
    LookForm,
    ReviewForm,
    TalkForm,
    TierForm,
    WorryForm,
)
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import Flag
from wherewithal.web.checks.views.shared import DECIDERS, READERS, one_form, stamp
from wherewithal.web.people.models import Person
from wherewithal.web.people.pages import person_page
from wherewithal.web.plans.pages import show


@person_page(READERS)
@require_safe
def account(request: HttpRequest, person: Person) -> HttpResponse:
    """Show how closely an account is looked at and why, what was seen, and what comes next."""
    user, on = signed_in(request), timezone.localdate()
    return show(
        request, "checks/account.jinja", person,
        check=presenters.account_check(person, user, on=on, settings=settings_now()),
        may_decide=user.role in DECIDERS, reader_is_own=user.role in OWN,
    )  # fmt: skip


@person_page(READERS)
def talk(request: HttpRequest, person: Person, pk: int) -> HttpResponseBase:
    """Show one matter: what was seen, why it matters, and what was said; staff add to it."""
    user = signed_in(request)
    found = Flag.objects.read_by(user).filter(person=person).prefetch_related("notes__by")
    flag = get_object_or_404(found, pk=pk)
    settled = flag.status == Flag.Status.SETTLED
    if user.role in OWN or settled:
        if request.method == "POST":
            raise Http404
        return show(request, "checks/talk.jinja", person, flag=flag, form=None)
    form = TalkForm(request.POST or None, flag=flag)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return one_form(
            request, person, form, heading=flag.what.title, button="Save",
            do=lambda _: flags.add_note(
                flag=flag, words=given["words"], became=given["became"],
                not_kept=given["not_kept"], **stamp(request),
            ),
            done="Saved. The person can read it.", to=("checks:talk", pk),
        )  # fmt: skip
    return show(request, "checks/talk.jinja", person, flag=flag, form=form)


@person_page(STAFF)
def worry(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Write down that somebody is worried."""
    return one_form(
        request, person, WorryForm(request.POST or None), heading="Write down a worry",
        button="Save and begin a talk", done="Saved. Talk with the person first.",
        do=lambda given: flags.open_by_hand(person=person, words=given["words"], **stamp(request)),
        intro=("If someone is in danger now, ring 999. If someone may be harmed, ring"
               " safeguarding today. This page is not quick enough for that.",),
    )  # fmt: skip


@person_page(STAFF)
def look(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Write down that the account was looked at with the person."""
    on = timezone.localdate()
    settings = settings_now()
    light = [key for key, tier in due.tiers_now(Person.objects.all()).items() if tier == "light"]
    by_chance = (person.pk, DIRECT) in due.in_sample(light, on=on, settings=settings)
    return one_form(
        request, person, LookForm(request.POST or None, on=on),
        heading="Look at the account together", button="Save",
        done="Saved. The person can read it.",
        do=lambda given: looks.write_look(
            person=person, holding=DIRECT, on=given["held_on"], words=given["words"],
            by_chance=by_chance, **stamp(request),
        ),
        intro=("Begin with how things are going. Look at money last.",
               *(("This account was chosen by chance this year. Tell them so: it does not mean"
                  " that anything is wrong.",) if by_chance else ())),
    )  # fmt: skip


@person_page(DECIDERS)
def tier(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Look more or less closely than the rules say, with reasons."""
    now = flags.current_tier(person, DIRECT)
    form = TierForm(request.POST or None, initial={"tier": now.tier} if now else None)
    return one_form(
        request, person, form, heading="Decide how closely we look", button="Save the decision",
        do=lambda given: looks.decide_tier(
            person=person, holding=DIRECT, tier=given["tier"], reasons=given["reasons"],
            **stamp(request),
        ),
        done="Saved. The person can read why, and can ask somebody else to look again.",
        intro=("The rules follow from a few facts. Where they are wrong for this person, decide"
               " otherwise and say why.",),
    )  # fmt: skip


@person_page(STAFF)
def review(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Write down a review of how the direct payment is working."""
    return one_form(
        request, person, ReviewForm(request.POST or None, on=timezone.localdate()),
        heading="Review how the direct payment is working", button="Save the review",
        do=lambda given: looks.hold_review(
            person=person, on=given["held_on"], outcome=given["outcome"], words=given["words"],
            **stamp(request),
        ),
        done="The review is saved.",
        intro=("The law asks for this within six months of the first payment, and then at least"
               " once a year. It is about the direct payment, not about whether somebody still"
               " needs support.",),
    )  # fmt: skip


@person_page(STAFF)
def call(request: HttpRequest, person: Person) -> HttpResponseBase:
    """Call for a review at once because something happened."""
    return one_form(
        request, person, CallForm(request.POST or None), heading="Call for a review now",
        button="Call for a review",
        do=lambda given: looks.call_for_review(
            person=person, event=given["event"], why=given["why"], on=timezone.localdate(),
            **stamp(request),
        ),
        done="A review is called for. The direct payment carries on meanwhile.",
        intro=("The direct payment carries on meanwhile. This stops nothing.",),
    )  # fmt: skip
