"""What other programs read with a key: nothing without one, and nothing but what it is for."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.integration.planned import planned
from tests.integration.test_every_address import KEYED, addresses

from wherewithal.ledger.entries import Account, Entry, Kind
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget
from wherewithal.web.interface.actions import end_key, make_key
from wherewithal.web.interface.models import AccessKey
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

OPEN = {"openapi-json", "api-root"}
OPERATIONS = sorted(
    name for name, _ in addresses() if name.startswith(KEYED) and name.split(":")[1] not in OPEN
)
MONEY = ["budgets", "runs", "payments", "books", "entries"]


@pytest.fixture
def administrator(make_user: Callable[..., User]) -> User:
    return make_user(Role.ADMINISTRATOR, "Ash")


def a_key(by: User, reads: str = "money", days: int = 30) -> tuple[AccessKey, str]:
    last = timezone.localdate() + timedelta(days=days)
    return make_key(name="General ledger", reads=reads, last_day=last, by=by, at=timezone.now())


def ask(secret: str, name: str, **asked: Any) -> Any:
    return Client().get(
        reverse(f"{KEYED}{name}"), asked, headers={"Authorization": f"Bearer {secret}"}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_opens_without_a_key_whoever_is_signed_in(
    name: str, make_user: Callable[..., User]
) -> None:
    assert Client().get(reverse(name)).status_code == 401
    for role in Role:
        client = Client()
        client.force_login(make_user(role))
        assert client.get(reverse(name)).status_code == 401, role
        assert client.post(reverse(name)).status_code == 405, role


@pytest.mark.parametrize("name", MONEY)
def test_a_key_for_figures_opens_no_money(name: str, administrator: User) -> None:
    _, secret = a_key(administrator, "figures")
    assert ask(secret, name).status_code == 401
    assert ask(secret, "figures").status_code == 200
    assert ask(secret, "key").json()["reads"] == "figures"


def test_an_ended_key_and_one_past_its_day_open_nothing(administrator: User) -> None:
    key, secret = a_key(administrator)
    _, old = a_key(administrator, days=-1)
    assert ask(secret, "key").status_code == 200
    assert ask(old, "key").status_code == 401
    end_key(key=key, by=administrator, at=timezone.now())
    assert ask(secret, "key").status_code == 401
    with pytest.raises(NotNow, match="ended before"):
        end_key(key=key, by=administrator, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessKey.objects.filter(pk=key.pk).update(ended_at=None)


def test_the_key_itself_is_kept_nowhere(administrator: User) -> None:
    key, secret = a_key(administrator)
    kept = {str(getattr(key, field.attname)) for field in AccessKey._meta.concrete_fields}
    assert secret not in kept
    assert not AuditRow.objects.filter(summary__contains=secret).exists()


def test_use_is_noted_once_a_day(administrator: User) -> None:
    _, secret = a_key(administrator)
    for _ in range(3):
        ask(secret, "runs")
    assert AuditRow.objects.filter(verb="key.used").count() == 1


def a_budget(person: Person, scheme: SchemeVersion, by: User, first: date, cost: int) -> Budget:
    plan = planned(person, scheme, by)
    return Budget.objects.create(
        person=person, plan=plan, status="signed-off", period=DateRange(first, None), cost=cost,
        contribution=2500, proposed_at=timezone.now(),
    )  # fmt: skip


def test_budgets_come_by_reference_a_page_at_a_time(
    administrator: User,
    make_person: Callable[..., Person],
    scheme_version: SchemeVersion,
    practitioner: User,
) -> None:
    _, secret = a_key(administrator)
    today = timezone.localdate()
    people = [make_person() for _ in range(3)]
    for person in people:
        a_budget(person, scheme_version, practitioner, today, 20_000)
    answer = ask(secret, "budgets", limit=2).json()
    assert [item["person"] for item in answer["items"]] == [p.reference for p in people[:2]]
    assert answer["items"][0]["council_pays"] == 17_500
    rest = ask(secret, "budgets", limit=2, after=answer["after"]).json()
    assert [item["person"] for item in rest["items"]] == [people[2].reference]
    assert rest["after"] is None
    assert people[0].family_name not in str(answer)
    assert ask(secret, "budgets", on=today - timedelta(days=1)).json()["items"] == []


def test_what_the_council_pays_leaves_out_what_the_nhs_and_others_pay(
    administrator: User, person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    _, secret = a_key(administrator)
    today = timezone.localdate()
    budget = a_budget(person, scheme_version, practitioner, today, 20_000)
    line = budget.lines.create(what="Therapy", weekly=5_000, holding="council-managed")
    given: dict[str, Any] = {
        "line": line, "from_day": today, "agreed_on": today, "body": "Harbour Care Board",
        "pot": "mental-health", "reason": "A health need.", "at": timezone.now(),
        "by": administrator,
    }  # fmt: skip
    LineFunding.objects.create(payer="shared", percent=40, **given)
    (item,) = ask(secret, "budgets").json()["items"]
    assert item["nhs_pays"] == 2_000
    names = ("contribution", "council_pays", "nhs_pays", "others_pay")
    assert sum(item[name] for name in names) == item["cost"]
    LineFunding.objects.create(payer="other", **given)
    (item,) = ask(secret, "budgets").json()["items"]
    assert (item["nhs_pays"], item["others_pay"]) == (0, 5_000)


def test_the_books_add_up_and_entries_are_read_on_from_the_last(administrator: User) -> None:
    _, secret = a_key(administrator)
    today = timezone.localdate()
    held = Account(Kind.HELD, "WW900001/direct_payment")
    owed = Account(Kind.PAYABLE, "WW900001")
    moved = [Entry(today, owed, held, 100 + n, "payment-approved", "Paid.") for n in range(3)]
    post(moved, by=administrator, at=timezone.now(), summary="Three payments.")
    books = ask(secret, "books").json()
    assert books["sum"] == 0
    assert {"kind": "held", "balance": 303} in books["balances"]
    first = ask(secret, "entries", limit=2).json()
    assert [item["pence"] for item in first["items"]] == [100, 101]
    after = ask(secret, "entries", after=first["after"]).json()["items"]
    assert [(item["pence"], item["source"], item["target"]) for item in after] == [
        (102, "payable:WW900001", "held:WW900001/direct_payment")
    ]


@pytest.mark.parametrize(
    ("asked", "place"),
    [({"limit": 0}, "limit"), ({"limit": 1001}, "limit"), ({"after": 2**63}, "after"),
     ({"after": "x"}, "after"), ({"after": -1}, "after")],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_told_where(
    asked: dict[str, Any], place: str, administrator: User
) -> None:
    _, secret = a_key(administrator)
    answer = ask(secret, "entries", **asked)
    assert answer.status_code == 422
    assert place in str(answer.json()["detail"][0]["loc"])


@pytest.mark.parametrize("name", ["figures", "budgets", "books"])
@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_out_of_bounds_is_told_and_the_bounds_are_answered(
    name: str, day: str, administrator: User
) -> None:
    _, secret = a_key(administrator)
    answer = ask(secret, name, on=day)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][-1] == "on"
    for bound in ("2000-01-01", "2199-12-31"):
        assert ask(secret, name, on=bound).status_code == 200


def test_words_that_may_hold_reasons_are_not_given(client: Client, db: None) -> None:
    shapes = client.get(reverse(f"{KEYED}openapi-json")).json()["components"]["schemas"]
    for shape in ("PaymentOut", "EntryOut"):
        assert "sentence" not in shapes[shape]["properties"]
        assert "not given" in shapes[shape]["description"]


def test_an_entry_is_given_without_its_sentence(administrator: User) -> None:
    _, secret = a_key(administrator)
    held = Account(Kind.HELD, "WW900001/direct_payment")
    owed = Account(Kind.PAYABLE, "WW900001")
    moved = Entry(timezone.localdate(), owed, held, 100, "payment-approved", "Kept in hospital.")
    post([moved], by=administrator, at=timezone.now(), summary="One payment.")
    answer = ask(secret, "entries").content.decode()
    assert "payment-approved" in answer
    assert "hospital" not in answer


def test_the_description_tells_to_read_payments_by_run(client: Client, db: None) -> None:
    form = client.get(reverse(f"{KEYED}openapi-json")).json()
    told = next(way["get"] for path, way in form["paths"].items() if path.endswith("/payments"))
    assert "confirmed" in told["description"]
    assert "status" in form["components"]["schemas"]["RunOut"]["properties"]


def test_the_description_tells_every_operation(client: Client, db: None) -> None:
    form = client.get(reverse(f"{KEYED}openapi-json")).json()
    told = {path.rsplit("/v1/", 1)[1] for path in form["paths"]}
    assert told == {"key", "budgets", "runs", "payments", "books", "books/entries", "figures"}


def test_an_administrator_makes_a_key_sees_it_once_and_ends_it(administrator: User) -> None:
    client = Client()
    client.force_login(administrator)
    last = timezone.localdate() + timedelta(days=30)
    made = client.post(
        reverse("interface:add"),
        {"name": "Ledger", "reads": "money", "last_day_day": last.day,
         "last_day_month": last.month, "last_day_year": last.year},
    )  # fmt: skip
    page = made.content.decode()
    secret = page.split('<code class="ww-key">')[1].split("<")[0]
    assert ask(secret, "key").status_code == 200
    key = AccessKey.objects.get()
    assert secret not in client.get(reverse("interface:keys")).content.decode()
    client.post(reverse("interface:end", args=[key.pk]))
    assert ask(secret, "key").status_code == 401
