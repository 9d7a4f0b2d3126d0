"""The pages about accounts: what each reader finds, and what happens when a form is sent."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import NOW
from tests.integration.in_use import DIRECT, account_for, budget_in_use, paid_in_runs, statement_of
from tests.integration.planned import text, words_in

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget
from wherewithal.web.checks.actions import flags
from wherewithal.web.checks.actions.again import Decided, ask_again, withdraw
from wherewithal.web.checks.models import (
    ArrangementReview,
    Flag,
    Look,
    LookAgain,
    SurplusProposal,
    TierDecision,
)
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SignedIn = Callable[[User], Client]


@pytest.fixture
def budget(person: Person, scheme_version: SchemeVersion, finance: User) -> Budget:
    made = budget_in_use(person, scheme_version)
    paid_in_runs(made, finance)
    account_for(person)
    return made


def at(person: Person, rest: str = "") -> str:
    return f"/people/{person.reference}/checks/{rest}"


def day_typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month),
            f"{name}_year": str(day.year)}  # fmt: skip


FIGURES = {
    **day_typed("on", date(2026, 10, 30)), "balance": "6000", "weekly_gross": "415",
    "advance": "830", "council_paid_in": "8000", "own_paid_in": "2000", "why": "hospital",
    "why_words": "She was in hospital in May.", "sum_holiday-pay": "1150",
    "why_holiday-pay": "Two weeks not taken",
}  # fmt: skip


def test_the_person_reads_how_closely_we_look_and_what_we_never_ask(
    person: Person, budget: Budget, signed_in: SignedIn
) -> None:
    TierDecision.objects.create(
        person=person, holding=DIRECT, tier="light", reasons=["Nothing has needed a question."],
        at=NOW,
    )  # fmt: skip
    assert person.user is not None
    page = text(signed_in(person.user), at(person))
    for words in (
        "Nothing has needed a question.",
        "You do not send us receipts or bank statements.",
        "There is no score behind this",
        "Receipts for every small thing",
        "ask somebody else to look again",
    ):
        assert words in page


def test_a_talk_is_read_by_the_person_and_written_by_staff(
    person: Person, budget: Budget, practitioner: User, finance: User, signed_in: SignedIn
) -> None:
    flag = flags.open_by_hand(person=person, words="A neighbour rang.", by=finance, at=NOW)
    address = at(person, f"talk/{flag.pk}/")
    staff = signed_in(practitioner)
    assert "See the person alone" in text(staff, address)
    answer = staff.post(address, {"words": "She is well.", "became": "settled"})
    assert answer.status_code == 302
    assert person.user is not None
    own = signed_in(person.user)
    page = text(own, address)
    assert "She is well." in page
    assert "See the person alone" not in page
    assert "This is settled" in page
    assert "or wait until we ring you" not in page
    assert own.post(address, {"words": "No."}).status_code == 404
    helper = person.supporters.get().user
    assert helper is not None
    assert signed_in(helper).get(address).status_code == 404


def test_what_is_over_is_worked_out_first_and_proposed_by_hand(
    person: Person, budget: Budget, finance: User, signed_in: SignedIn
) -> None:
    client = signed_in(finance)
    page = client.post(at(person, "money-back/"), FIGURES | {"step": "work-out"}).content.decode()
    assert "The council could ask for £560.00. Somebody has to decide that first." in page
    assert "Set something else aside" in page  # what is rarely needed is folded, and works unfolded
    assert not SurplusProposal.objects.exists()
    client.post(at(person, "money-back/"), FIGURES | {"step": "propose"})
    assert SurplusProposal.objects.get().reclaim == 56_000


def test_a_sum_goes_all_the_way_from_proposal_to_the_last_penny(
    person: Person, budget: Budget, finance: User, make_user: Callable[..., User],
    signed_in: SignedIn,
) -> None:  # fmt: skip
    signed_in(finance).post(at(person, "money-back/"), FIGURES | {"step": "propose"})
    found = SurplusProposal.objects.get()
    place = at(person, f"money-back/{found.pk}/")
    assert "somebody other than you decides" in text(signed_in(finance), place)
    assert place + "decide/" not in text(signed_in(finance), place)
    again = text(signed_in(finance), at(person, "money-back/"))
    assert "A sum is being talked about already" in again
    assert f'href="{place}"' in again
    other = signed_in(make_user(Role.FINANCE, "Frank"))
    assert place + "decide/" in text(other, place)
    decided = {"choice": "ask", "pence": "300", "reasons": "It has been over for a year."}
    assert "Somebody else has to decide" in signed_in(finance).post(
        place + "decide/", decided, follow=True
    ).content.decode()  # fmt: skip
    other.post(place + "decide/", decided)
    letter = words_in(other.get(place + "letter.pdf"))
    assert "Somebody has to decide" not in letter  # somebody did
    for words in ("£300.00", "It has been over for a year.", "We take nothing before then",
                  "Ask us to look again", "Ombudsman"):  # fmt: skip
        assert words in letter
    other.post(place + "told/")
    assert person.user is not None
    own = signed_in(person.user)
    assert "Say what you think" in text(own, place)
    assert "Somebody has to decide" not in text(own, place)  # somebody did
    assert "£300.00" in text(own, at(person, ""))
    assert "£560.00" not in text(own, at(person, ""))  # what is asked for, not what could be
    own.post(place + "answer/", {"choice": "instalments", "words": "I can manage £150 a month."})
    assert "Change your answer" in text(own, place)
    soon = timezone.localdate() + timedelta(days=20)
    other.post(place + "go-ahead/",
               {"parts": "2", "own_share_out": "no", **day_typed("first_due", soon)})  # fmt: skip
    found.refresh_from_db()
    assert found.status == "agreed"
    assert text(own, place).count("£150.00") >= 2
    for part in found.repayments.all():
        other.post(f"{place}parts/{part.pk}/")
    found.refresh_from_db()
    assert found.status == "closed"
    verbs = set(AuditRow.objects.filter(person_reference=person.reference)
                .values_list("verb", flat=True))  # fmt: skip
    assert {"surplus.proposed", "surplus.decided", "surplus.told", "surplus.answered",
            "surplus.moved"} <= verbs  # fmt: skip


def test_money_spent_on_something_else_is_asked_for_item_by_item(
    person: Person, budget: Budget, finance: User, signed_in: SignedIn
) -> None:
    """Ombudsman decision 19 018 919: the letter says day, payee, why and rule."""
    item = {
        **day_typed("on_1", date(2026, 6, 3)), "payee_1": "FAST CABS", "pence_1": "42",
        "why_1": "A trip for somebody else", "rule_1": "Agreement, part 4",
        "why_words": "He borrowed the card.",
    }  # fmt: skip
    client = signed_in(finance)
    missing = client.post(at(person, "money-back/spending/"), item | {"rule_1": ""})
    assert missing.status_code == 200
    client.post(at(person, "money-back/spending/"), item)
    found = SurplusProposal.objects.get()
    place = at(person, f"money-back/{found.pk}/")
    client.post(place + "decide/", {"choice": "ask", "pence": "42", "reasons": "Not in the plan."})
    letter = words_in(client.get(place + "letter.pdf"))
    for words in ("3 June 2026", "FAST CABS", "A trip for somebody else", "Agreement, part 4",
                  "£42.00", "Not in the plan."):  # fmt: skip
        assert words in letter


def test_another_look_is_asked_in_one_page_and_answered_by_somebody_else(
    person: Person, budget: Budget, finance: User, make_user: Callable[..., User],
    signed_in: SignedIn,
) -> None:  # fmt: skip
    TierDecision.objects.create(
        person=person, holding=DIRECT, tier="enhanced", reasons=["I think so."], how="officer",
        by=finance, at=NOW,
    )  # fmt: skip
    assert person.user is not None
    own = signed_in(person.user)
    assert "Somebody who did not make the decision" in text(own, at(person, "again/?of=tier"))
    own.post(at(person, "again/"), {"of": "tier", "why": "Nothing was wrong."})
    asked = LookAgain.objects.get()
    place = at(person, f"again/{asked.pk}/")
    answer = {"outcome": "changed", "reasons": "There was no reason to look closer."}
    first = signed_in(finance)
    assert "somebody else answers" in text(first, place)
    refused = first.post(place + "decide/", answer, follow=True).content.decode()
    assert "somebody else has to look again" in refused
    other = signed_in(make_user(Role.FINANCE, "Frank"))
    other.post(place + "acknowledge/")
    other.post(place + "decide/", answer)
    asked.refresh_from_db()
    assert (asked.status, asked.outcome) == ("decided", "changed")
    assert "There was no reason to look closer." in words_in(own.get(place + "letter.pdf"))


def test_a_review_of_the_direct_payment_is_on_the_list_until_it_is_held(
    person: Person, budget: Budget, practitioner: User, signed_in: SignedIn
) -> None:
    """Ombudsman decision 24 021 093: no review for years. The first payment was on 3 April."""
    staff = signed_in(practitioner)
    page = text(staff, "/checks/reviews/")
    assert person.name in page
    assert "2 October 2026" in page
    staff.post(at(person, "review/"), {
        **day_typed("held_on", timezone.localdate()), "words": "It works well.",
        "outcome": "goes-on",
    })  # fmt: skip
    assert ArrangementReview.objects.get().outcome == "goes-on"
    assert person.name not in text(staff, "/checks/reviews/")


def test_something_that_happens_calls_for_a_review_and_stops_nothing(
    person: Person, budget: Budget, practitioner: User, signed_in: SignedIn
) -> None:
    staff = signed_in(practitioner)
    staff.post(at(person, "review/call/"), {"event": "cannot_manage", "why": "Her sight is poor."})
    assert ArrangementReview.objects.waiting().get().event == "cannot_manage"
    assert "Managing the direct payment may have become too hard." in text(
        staff, "/checks/reviews/"
    )
    staff.post(at(person, "review/"), {
        **day_typed("held_on", timezone.localdate()), "words": "Her niece helps now.",
        "outcome": "changes",
    })  # fmt: skip
    assert not ArrangementReview.objects.waiting().exists()


def test_the_worklist_puts_people_before_papers(
    person: Person, budget: Budget, finance: User, signed_in: SignedIn,
) -> None:  # fmt: skip
    statement_of(person, (date(2026, 5, 20), -130_000, "LANTERN CARE", "spent"),
                 opening=1_000_000, last=timezone.localdate())  # fmt: skip
    client = signed_in(finance)
    client.post("/checks/look/")
    page = text(client, "/checks/")
    assert page.index("Money has stopped going out") < page.index("More is in the account")
    assert page.index("More is in the account") < page.index("Look at the account together")
    assert "0%" in page
    today = day_typed("held_on", timezone.localdate())
    client.post(at(person, "look/"), today | {"words": "All in order."})
    assert Look.objects.get().words == "All in order."
    assert "100%" in text(client, "/checks/")


def test_two_matters_of_the_same_name_can_be_told_apart(
    person: Person, budget: Budget, finance: User, signed_in: SignedIn
) -> None:
    for _ in range(2):
        flags.open_by_hand(person=person, words="They seemed low.", by=finance, at=timezone.now())
    for page in (text(signed_in(finance), "/checks/"), text(signed_in(finance), at(person))):
        for number in ("(1)", "(2)"):
            assert f"Somebody is worried {number}" in page


def test_a_practitioner_sees_only_their_own_team_s_people(
    person: Person, budget: Budget, make_user: Callable[..., User], signed_in: SignedIn
) -> None:
    from wherewithal.web.accounts.models import Team

    elsewhere = make_user(Role.PRACTITIONER, team=Team.objects.create(name="Elsewhere"))
    assert person.name not in text(signed_in(elsewhere), "/checks/reviews/")


def test_looking_at_everybody_writes_down_what_is_worth_a_talk(
    person: Person, budget: Budget, finance: User, signed_in: SignedIn
) -> None:
    statement_of(person, (date(2026, 5, 20), -130_000, "LANTERN CARE", "spent"))
    answer = signed_in(finance).post("/checks/look/", follow=True).content.decode()
    assert "We looked at 1 account." in answer
    assert Flag.objects.filter(person=person).exists()


def test_a_supporter_reads_only_the_looks_again_they_asked_for(
    person: Person, finance: User, signed_in: SignedIn
) -> None:
    helper = person.supporters.get().user
    assert helper is not None
    assert person.user is not None
    decided = Decided("tier", 1, finance.pk, "Looked at more closely.")
    ask: dict[str, Any] = {"person": person, "decided": decided, "holidays": bank_holidays()}
    theirs = ask_again(**ask, why="My brother takes my money.", by=person.user, at=NOW)
    client = signed_in(helper)
    address = at(person, f"again/{theirs.pk}/")
    page = text(client, at(person, ""))
    assert "My brother" not in page
    assert f"again/{theirs.pk}/" not in page
    assert client.get(address).status_code == 404
    assert client.get(address + "letter.pdf").status_code == 404
    assert client.post(address + "take-back/").status_code == 404
    assert "My brother" in text(signed_in(person.user), address)
    withdraw(asked=theirs, by=person.user, at=NOW)
    own = ask_again(**ask, why="I think that is too much.", by=helper, at=NOW)
    assert "too much" in text(client, at(person, f"again/{own.pk}/"))


def test_a_supporter_reads_of_a_sum_once_the_person_was_told_and_never_their_words(
    person: Person, budget: Budget, finance: User, make_user: Callable[..., User],
    signed_in: SignedIn,
) -> None:  # fmt: skip
    words = "My brother took it."
    signed_in(finance).post(
        at(person, "money-back/"), FIGURES | {"step": "propose", "why_words": words}
    )
    found = SurplusProposal.objects.get()
    helper = person.supporters.get().user
    assert helper is not None
    client, place = signed_in(helper), at(person, f"money-back/{found.pk}/")
    assert client.get(place).status_code == 404
    assert f"money-back/{found.pk}/" not in text(client, at(person, ""))
    other = signed_in(make_user(Role.FINANCE, "Frank"))
    other.post(place + "decide/", {"choice": "ask", "pence": "300", "reasons": "It is over."})
    other.post(place + "told/")
    page = text(client, place)
    assert "£300.00" in page
    assert words not in page
    assert words in text(signed_in(finance), place)
    client.post(place + "answer/", {"choice": "disagree", "words": "I pay it all."})
    assert "I pay it all." in text(client, place)
