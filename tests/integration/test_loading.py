"""A made-up council in the database: everybody is there, and every figure is the product's own."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from wherewithal import council
from wherewithal.allocation import explain
from wherewithal.careact.plan import is_complete
from wherewithal.dates import Period
from wherewithal.ledger.schedule import due
from wherewithal.scheme import packaged
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments.models import IndicativeBudget
from wherewithal.web.assessments.querysets import answers_for_engine, carers_of, what_carers_say
from wherewithal.web.budgets.charges.working_out import charge_of
from wherewithal.web.budgets.models import Budget
from wherewithal.web.checks.figures import paid_ahead
from wherewithal.web.checks.models import SurplusProposal
from wherewithal.web.config import loading
from wherewithal.web.payments.actions import prepare_run
from wherewithal.web.payments.calendar import pay_periods
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.querysets import paid_until, shares_of
from wherewithal.web.people.models import Person, Stage, Supporter
from wherewithal.web.plans.facts import facts_of
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.schemes import scheme_of
from wherewithal.web.statements.querysets import balance_on

PEOPLE, SEED, ON = 120, 1, date(2026, 11, 22)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load one council for all tests of this file, inside a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.make_and_load(people=PEOPLE, seed=SEED, on=ON)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def each(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Undo what a single test writes."""
    if "loaded" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("loaded")
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(table: str) -> list[dict[str, Any]]:
    """Return a table's rows without what a sequence gives out."""
    given_out = {"id", "scheme_id"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608  # our own names
        names = [column.name for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [{name: row[name] for name in row if name not in given_out} for row in found]


@pytest.mark.usefixtures("loaded")
def test_everybody_made_is_there_at_every_stage() -> None:
    assert Person.objects.count() == PEOPLE
    stages = Counter(Person.objects.values_list("stage", flat=True))
    assert {
        Stage.CONTACT,
        Stage.ASSESSMENT,
        Stage.PLANNING,
        Stage.SIGN_OFF,
        Stage.LIVE,
    } <= stages.keys()
    assert not loading.is_empty()
    assert all(person.search_key == person.key_for_search() for person in Person.objects.all())


@pytest.mark.usefixtures("loaded")
def test_every_figure_is_what_the_engine_explains() -> None:
    budgets = IndicativeBudget.objects.select_related("assessment__person", "scheme")[:25]
    for budget in budgets:
        answers = answers_for_engine(
            budget.assessment,
            budget.assessment.answers.by_question(),
            what_carers_say(carers_of(budget.assessment.person)),
        )
        explained = explain(scheme_of(budget.scheme), answers)
        assert (budget.outcome, budget.weekly) == (explained.outcome, explained.total)
        assert budget.weekly_without_help == explained.total_without_help
        assert budget.help_counted == bool(explained.help_taken_away)
        assert budget.scheme_hash == explained.scheme_hash
    assert len(budgets) == 25


@pytest.mark.usefixtures("loaded")
def test_plans_sent_for_sign_off_are_complete_and_say_why_they_cost_more() -> None:
    plans = SupportPlan.objects.with_everything().filter(
        person__kind="adult", status__in=["submitted", "agreed"]
    )
    assert plans
    for plan in plans:
        assert is_complete(facts_of(plan))
        weekly = plan.assessment.indicative.weekly
        cost = facts_of(plan).personal_budget
        assert cost is not None
        assert weekly is None or cost <= weekly or plan.why_above


@pytest.mark.usefixtures("loaded")
def test_budgets_add_up_and_charge_what_the_rules_work_out() -> None:
    budgets = Budget.objects.select_related("person", "charge").prefetch_related("lines")
    assert budgets
    for budget in budgets:
        assert budget.cost == sum(line.weekly for line in budget.lines.all())
        assert budget.charge is not None
        charge = charge_of(budget.charge, born=budget.person.date_of_birth, cost=budget.cost)
        assert charge.contribution == budget.contribution


@pytest.mark.usefixtures("loaded")
def test_payments_reconcile_with_the_schedule_budget_by_budget() -> None:
    first = Run.objects.order_by("period").first()
    assert first is not None
    until = paid_until()
    for budget in Budget.objects.filter(status="signed-off").prefetch_related("lines"):
        for share in shares_of(budget, until):
            paid = Payment.objects.filter(budget=budget, holding=share.holding)
            end = until.get((budget.id, share.holding))
            if end is None:
                continue
            window = Period(max(first.period.lower, budget.period.lower), end)
            owed = due(share.pieces, anchor=first.period.lower, window=window)
            assert sum(row.net for row in paid) == sum(each.net for each in owed)
    for run in Run.objects.all():
        nets = [row.net for row in run.payments.all()]
        sent = "confirmed" if run.pay_on < ON else "released"
        count = sum(net > 0 for net in nets)
        assert (run.status, run.count, run.total) == (sent, count, sum(nets))


@pytest.mark.usefixtures("loaded")
def test_the_next_run_owes_the_next_period_and_nothing_else() -> None:
    following = pay_periods(ON, 2)[1]
    finance = User.objects.get(username="trial-finance")
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    run = prepare_run(period=following, pay_on=following.start, by=finance, at=at)
    assert run.count > 0
    for payment in run.payments.all():
        assert payment.period.lower >= following.start
        assert payment.sort_code.startswith("00")
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare_run(period=following, pay_on=following.start, by=finance, at=at)


@pytest.mark.usefixtures("loaded")
def test_each_example_account_has_something_to_do() -> None:
    person = Person.objects.get(user__username="trial-person")
    holdings = {line.holding for line in Budget.objects.get(person=person).lines.all()}
    assert person.stage == Stage.LIVE
    assert "direct-payment" in holdings
    assert len(holdings) > 1
    assert person.payments.exists()
    supported = Supporter.objects.filter(user__username="trial-supporter", may_see=True)
    assert {row.person.stage for row in supported} == {Stage.LIVE, Stage.CONTACT}
    starting = Person.objects.get(user__username="trial-person-2")
    assert starting.stage == Stage.CONTACT
    practitioner = User.objects.get(username="trial-practitioner")
    assert {person.practitioner, starting.practitioner} == {practitioner}
    assert User.objects.get(username="trial-manager").team == practitioner.team
    for username in ("trial-finance", "trial-finance-2", "trial-analyst", "trial-administrator"):
        assert not User.objects.get(username=username).has_usable_password()


@pytest.mark.usefixtures("loaded")
def test_the_example_of_money_that_is_over_agrees_with_the_persons_own_statement() -> None:
    told = SurplusProposal.objects.get(person__user__username="trial-person")
    figures, day = told.figures, date.fromisoformat(told.figures["on"])
    lines = told.person.statement_lines.filter(holding=told.holding, on__lte=day)
    last = lines.order_by("on", "place").last()
    assert last is not None
    assert last.balance == balance_on(told.person, told.holding, day) == figures["balance"]
    for meaning, part in (("payment", "council_paid_in"), ("contribution", "own_paid_in")):
        assert sum(line.pence for line in lines if line.meaning == meaning) == figures[part] > 0
    assert figures["advance"] == paid_ahead(told.person, told.holding, day)
    for statement in told.person.statements.all():
        moved = sum(line.pence for line in statement.lines.all())
        assert (statement.opening or 0) + moved == statement.closing


@pytest.mark.usefixtures("loaded")
def test_every_account_that_is_paid_is_on_record() -> None:
    payees = set(Payee.objects.values_list("person_id", "holding", "account_number"))
    paid = set(Payment.objects.values_list("person_id", "holding", "account_number"))
    assert paid
    assert paid <= payees


@pytest.mark.usefixtures("loaded")
def test_nothing_has_happened_yet_that_lies_ahead() -> None:
    midnight = datetime(ON.year, ON.month, ON.day, tzinfo=UTC)
    assert not AuditRow.objects.filter(at__gte=midnight).exists()
    told = AuditRow.objects.values("person_reference").distinct().count()
    assert told == PEOPLE + 1  # the runs, which are about nobody in particular


@pytest.mark.usefixtures("loaded")
def test_new_rows_follow_the_ids_that_were_loaded() -> None:
    highest = Person.objects.order_by("-id").values_list("id", flat=True)[0]
    made = Person.objects.create(
        reference="WX000001", given_name="Ada", family_name="Marlowbridge",
        date_of_birth=date(1950, 5, 1), known_since=ON,
    )  # fmt: skip
    assert made.id > highest


@pytest.mark.usefixtures("loaded")
def test_a_second_council_is_refused_with_a_reason() -> None:
    with pytest.raises(loading.CannotLoad, match="There are people in it already"):
        loading.make_and_load(people=5, seed=2, on=ON)


@pytest.mark.django_db
def test_the_same_seed_and_day_load_the_same_rows() -> None:
    tables = (
        "people_person", "people_supporter", "assessments_answer", "assessments_indicativebudget",
        "plans_planline", "budgets_budget", "payments_payee", "payments_payment",
    )  # fmt: skip
    seen = []
    for _ in range(2):
        with transaction.atomic():
            loading.make_and_load(people=40, seed=3, on=ON)
            seen.append({table: rows(table) for table in tables})
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


@pytest.mark.django_db
def test_a_council_of_one_person_loads() -> None:
    loading.make_and_load(people=1, seed=1, on=ON)
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_a_folder_loads_what_was_written_to_it(tmp_path: Path) -> None:
    made = council.make_council(
        council.Request(30, 4, ON - timedelta(days=1)), packaged("standard-adult")
    )
    council.write(made, tmp_path)
    assert loading.load_folder(tmp_path) == 30
    assert Person.objects.count() == 30
    assert Person.objects.order_by("id").values_list("reference", flat=True)[0] == "WW000001"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "people.csv",
            "adult",
            "grown-up",
            r"people\.csv, line 2: kind is 'grown-up'.*adult, carer",
        ),
        ("people.csv", "date_of_birth", "born", r"people\.csv, line 1: .*'date_of_birth'"),
        ("answers.csv", "wash", "wish", r"answers\.csv, line 2: .*'wish'"),
        ("council.json", '"on"', '"off"', r"council\.json is not a council’s description"),
        ("events.csv", None, None, r"events\.csv cannot be read"),
    ],
)
def test_a_folder_that_is_not_a_council_is_refused_by_file_line_and_value(
    tmp_path: Path, file: str, old: str | None, new: str, message: str
) -> None:
    made = council.make_council(council.Request(6, 4, ON), packaged("standard-adult"))
    council.write(made, tmp_path)
    path = tmp_path / file
    if old is None:
        path.unlink()
    else:
        path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(loading.CannotLoad, match=message):
        loading.load_folder(tmp_path)
    assert loading.is_empty()
