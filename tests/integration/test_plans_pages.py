"""The support plan in a browser: made part by part, costed as it grows, complete before it goes."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.integration.planned import CHOIR, MORNINGS, assessed, planned

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.plans.presenters import uncovered_needs
from wherewithal.web.policy.models import Rate, SchemeVersion

SignIn = Callable[[User], Client]
LINE = {
    "what": "Help with washing", "provider": "Lantern Care", "needs": ["A2", "A4"], "unit": "hour",
    "quantity": "7", "every": "week", "unit_price": "22.00", "holding": "council-managed",
}  # fmt: skip


def where(person: Person, rest: str = "") -> str:
    return f"/people/{person.reference}/plan/{rest}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def begun(
    person: Person, scheme_version: SchemeVersion, practitioner: User, signed_in: SignIn
) -> Client:
    """A browser of the person whose plan was just begun."""
    assessed(person, scheme_version, practitioner)
    assert person.user is not None
    client = signed_in(person.user)
    assert client.post(where(person, "start/")).status_code == 302
    return client


def test_the_person_makes_the_plan_and_the_practitioner_sees_it_whole(
    begun: Client, person: Person, practitioner: User, signed_in: SignIn
) -> None:
    sent = {
        "about/": {"about": "My choir and my cat."},
        "who/": {"led_by": "person", "involved": "Bea"},
        "outcomes/": {"words": "I want to sing again."},
        "support/add/": LINE,
        "if-something-goes-wrong/": {"contingency": "Ring Bea."},
        "risks/": {"what": "Walking alone", "why": "I love it", "safer": "A phone"},
        "staying-well/": {"advice": "A stool.", "advice_preventing": "A falls check."},
        "needs/": {"A7": "Bea sees to this willingly."},
        "agree/": {"agrees": "yes"},
    }
    for address, values in sent.items():
        assert begun.post(where(person, address), values).status_code == 302, address
    page = text(signed_in(practitioner), where(person))
    assert "£154.00" in page
    assert "£46.00 a week below the first figure." in page
    assert "Send for sign-off" in page
    whole = text(begun, where(person, "whole/"))
    for words in ("My choir and my cat.", "I want to sing again.", "Walking alone", "Lantern Care",
                  "Bea sees to this willingly.", "£8,008.00"):  # fmt: skip
        assert words in whole
    said = AuditRow.objects.filter(person_reference=person.reference).values_list("verb", flat=True)
    assert {
        "plan.started",
        "plan.support-added",
        "plan.outcome-added",
        "plan.agreement-given",
    } <= set(said)


def test_an_unfinished_plan_names_what_is_missing_kindly_and_links_to_it(
    begun: Client, person: Person
) -> None:
    page = text(begun, where(person))
    assert "Say whether the person agrees with the plan." in page
    assert f'href="{where(person, "staying-well/")}"' in page
    assert "Send for sign-off" not in page


def test_many_needs_that_nothing_covers_are_named_once_and_counted_below(
    begun: Client, person: Person
) -> None:
    names = uncovered_needs(SupportPlan.objects.get(person=person))
    page = text(begun, where(person))
    assert len(names) > 2
    assert page.count("No support in the plan covers") == 1
    assert f"Say how {len(names)} needs will be met." in page


def test_a_plan_above_the_figure_is_allowed_and_asks_why(begun: Client, person: Person) -> None:
    begun.post(where(person, "support/add/"), LINE | {"quantity": "10", "unit_price": "21.80"})
    page = text(begun, where(person))
    assert "£18.00 a week above the first figure. That is allowed." in page
    assert where(person, "why-more/") in page
    begun.post(where(person, "why-more/"), {"why_above": "Two people must lift."})
    assert "Two people must lift." in text(begun, where(person, "whole/"))


def test_what_is_bought_once_stands_beside_the_weekly_cost(begun: Client, person: Person) -> None:
    begun.post(
        where(person, "support/add/"),
        LINE
        | {
            "what": "A key safe",
            "unit": "once",
            "every": "once",
            "quantity": "1",
            "unit_price": "62.50",
        },
    )
    page = text(begun, where(person, "support/"))
    assert "£62.50 once" in page
    assert "£200.00 a week below the first figure." in page


def test_a_wrong_line_keeps_what_was_typed_and_says_what_to_mend(
    begun: Client, person: Person
) -> None:
    answer = begun.post(
        where(person, "support/add/"),
        LINE | {"unit": "once", "quantity": "0", "unit_price": "a lot", "what": "Typed words"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Error:", "Typed words", "How many must be more than 0", "a lot",
                  "must be an amount of money", "Choose “once only”"):  # fmt: skip
        assert words in page


def test_removing_asks_first(begun: Client, person: Person) -> None:
    begun.post(where(person, "outcomes/"), {"words": "I want to sing again."})
    plan = SupportPlan.objects.get()
    address = where(person, f"outcomes/{plan.outcomes.get().pk}/remove/")
    assert "I want to sing again." in text(begun, address)
    assert plan.outcomes.count() == 1
    assert begun.post(address).status_code == 302
    assert plan.outcomes.count() == 0
    assert (
        AuditRow.objects.filter(verb="plan.part-removed").get().detail["words"].startswith("I want")
    )


def test_parts_can_be_changed(begun: Client, person: Person) -> None:
    begun.post(where(person, "support/add/"), LINE)
    begun.post(where(person, "risks/"), {"what": "A", "why": "B"})
    begun.post(where(person, "outcomes/"), {"words": "C"})
    plan = SupportPlan.objects.get()
    changed = {
        f"support/{plan.lines.get().pk}/": LINE | {"what": "New words"},
        f"risks/{plan.risks.get().pk}/": {"what": "New risk", "why": "B"},
        f"outcomes/{plan.outcomes.get().pk}/": {"words": "New outcome"},
    }
    for address, values in changed.items():
        assert 'value="7"' in text(begun, where(person, address)) or "support" not in address
        assert begun.post(where(person, address), values).status_code == 302
    whole = text(begun, where(person, "whole/"))
    assert all(words in whole for words in ("New words", "New risk", "New outcome"))


def test_saying_no_asks_what_was_done_to_agree(begun: Client, person: Person) -> None:
    answer = begun.post(where(person, "agree/"), {"agrees": "no"})
    assert "Enter what has been done to agree" in answer.content.decode()


def test_a_plan_that_is_not_being_made_cannot_be_changed(begun: Client, person: Person) -> None:
    SupportPlan.objects.update(status="agreed")
    answer = begun.post(where(person, "about/"), {"about": "Sneaked in"}, follow=True)
    assert "cannot be changed now" in answer.content.decode()
    assert not SupportPlan.objects.filter(about="Sneaked in").exists()


def test_no_plan_starts_before_the_first_figure(person: Person, signed_in: SignIn) -> None:
    assert person.user is not None
    client = signed_in(person.user)
    assert "A plan starts once" in text(client, where(person))
    client.post(where(person, "start/"))
    assert not SupportPlan.objects.exists()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.ANALYST, Role.ADMINISTRATOR])
def test_plan_words_are_closed_to_those_who_only_handle_money(
    role: Role, begun: Client, person: Person, make_user: Callable[..., User], signed_in: SignIn
) -> None:
    client = signed_in(make_user(role))
    for rest in ("", "whole/", "support-plan.pdf", "about/", "support/"):
        assert client.get(where(person, rest)).status_code == 403


def test_the_copy_to_keep_holds_every_line(
    person: Person, scheme_version: SchemeVersion, practitioner: User, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    answer = signed_in(practitioner).get(where(person, "support-plan.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for line in (MORNINGS, CHOIR):
        assert str(line["what"]) in " ".join(words.split())
    assert "£199.00" in words
    signed_in(practitioner).post(where(person, "copy-given/"))
    assert SupportPlan.objects.get().copy_given_on is not None


@pytest.mark.parametrize("rest", ["", "whole/", "support/", "needs/", "agree/"])
def test_plan_pages_ask_the_database_little(
    rest: str, person: Person, scheme_version: SchemeVersion, practitioner: User,
    signed_in: SignIn, django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner)
    client = signed_in(practitioner)
    with django_assert_max_num_queries(11):  # type: ignore[attr-defined]  # a context manager
        assert client.get(where(person, rest)).status_code == 200


def test_adding_support_shows_what_things_usually_cost_and_what_nobody_checked(
    begun: Client, person: Person
) -> None:
    page = text(begun, where(person, "support/add/"))
    assert "What things usually cost" not in page
    for starts, pence, verified in (
        (date(2025, 4, 1), 2300, True),
        (date(2026, 4, 1), 2410, False),
        (date(2099, 4, 1), 9900, True),
    ):
        Rate.objects.create(
            code="home-care", label="Home care", unit="hour", pence=pence, starts=starts,
            source="An association’s yearly survey", verified=verified,
        )  # fmt: skip
    page = text(begun, where(person, "support/add/"))
    for words in ("What things usually cost", "£24.10 an hour", "yearly survey", "Not checked yet"):
        assert words in page
    assert "£23.00" not in page
    assert "£99.00" not in page
