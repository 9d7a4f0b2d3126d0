"""Writes: saying what a line was, typing sums in, keeping pictures, taking a file back."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.banking.statements.layout import Layout, layout_document
from wherewithal.dates import ONE_DAY, long_date
from wherewithal.ledger.spending import Seen
from wherewithal.money import pounds
from wherewithal.monitoring.payee_names import payee_key
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import OWN
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.people.models import Person
from wherewithal.web.statements.known import Account, account_of
from wherewithal.web.statements.models import (
    NEEDS_A_LINE,
    ColumnMap,
    Line,
    Meaning,
    PayeeRule,
    SentForm,
    Statement,
    Upload,
)
from wherewithal.web.statements.posting import as_posted, as_seen, post_changes
from wherewithal.web.statements.querysets import same_in_bank
from wherewithal.web.statements.told import tell

TYPED = "Typed in by hand"


@transaction.atomic
def say_what(
    *, line: Line, meaning: str, budget_line: BudgetLine | None, by: User, at: datetime,
    all_like_it: bool = False,
) -> list[Line]:  # fmt: skip
    """Say what a line was. With ``all_like_it``, also of others of this payee, and from now on.

    What somebody said of another line themselves stays, and so do payments of the council.

    Raises:
        NotNow: money was spent, and no line of the budget is named; or it is a payment of the
            council, which only the council can say was something else.
    """
    line = Line.objects.select_for_update(of=("self",)).select_related("person").get(pk=line.pk)
    if meaning in NEEDS_A_LINE and budget_line is None:
        raise NotNow("Say which part of the budget it was for.")
    if budget_line is not None and budget_line.budget.person_id != line.person_id:
        raise NotNow("That part is of somebody else’s budget.")
    if by.role in OWN and is_ours(line) and meaning != Meaning.PAYMENT:
        raise NotNow("We know that the council paid this in. If that is wrong, please ring us.")
    chosen = budget_line if meaning in NEEDS_A_LINE else None
    told = _told_by(by, at)
    changed = [line]
    rule = None
    if all_like_it and line.key:
        rule = _learn(line, meaning, chosen, by=by, at=at)
        changed += _like(line)
    before = [as_posted(each) for each in changed]
    account = account_of(line.person, line.holding)
    for each in changed:
        each.meaning, each.sure = meaning, meaning != Meaning.UNMATCHED
        each.budget_line = _same_part(account, each.on, chosen)
        each.matched_how, each.matched_by = _how(by), by
        each.why, each.rule = told, rule
    _keep(changed, zip(before, map(as_seen, changed), strict=True), by=by, at=at)
    what = chosen.what if chosen else Meaning(meaning).label
    count = f" and {len(changed) - 1} more like it" if len(changed) > 1 else ""
    record(
        by=by, at=at, verb="line.told", person=line.person.reference,
        summary=f"{pounds(abs(line.pence))} on {long_date(line.on)}{count}: {what}.",
        line=line.pk, lines=len(changed), meaning=meaning,
    )  # fmt: skip
    tell(line.person, line.holding, by=by, at=at)
    return changed


@transaction.atomic
def type_in(
    *, person: Person, holding: str, on: date, pence: int, payee: str,
    budget_line: BudgetLine | None, meaning: str, by: User, at: datetime, form: UUID | None = None,
) -> Line:  # fmt: skip
    """Keep a sum that somebody typed in; a line of the bank takes its place when it comes.

    Where the bank's line is there already and nobody has spoken of it, it is that line. ``form``
    is the number of the form it was typed into: the same form sent again keeps nothing more. A
    form that somebody went back to, and changed, is another sum.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if form is not None:
        part = budget_line.pk if budget_line is not None else ""
        typed = f"{person.reference}|{holding}|{on}|{pence}|{payee}|{meaning}|{part}"
        form = uuid5(form, typed)
        if (sent := SentForm.objects.filter(token=form).select_related("line").first()) is not None:
            return sent.line
    line = _typed(
        person=person, holding=holding, on=on, pence=pence, payee=payee, budget_line=budget_line,
        meaning=meaning, by=by, at=at,
    )  # fmt: skip
    if form is not None:
        SentForm.objects.create(token=form, line=line)
    return line


def _typed(
    *, person: Person, holding: str, on: date, pence: int, payee: str,
    budget_line: BudgetLine | None, meaning: str, by: User, at: datetime,
) -> Line:  # fmt: skip
    there = same_in_bank(person, holding, on, pence)
    if there is not None and not is_ours(there):
        said = say_what(line=there, meaning=meaning, budget_line=budget_line, by=by, at=at)
        return said[0]
    statement = _by_hand(person, holding, on, by=by, at=at)
    equal = Line.objects.filter(
        person=person, holding=holding, on=on, pence=pence, payee=payee, text=TYPED
    )
    last = equal.order_by("-twin").first()
    line = Line(
        statement=statement, person=person, holding=holding, on=on, pence=pence, payee=payee,
        text=TYPED, key=payee_key(payee), twin=last.twin + 1 if last else 1, meaning=meaning,
        budget_line=budget_line if meaning in NEEDS_A_LINE else None, why=_told_by(by, at),
        sure=meaning != Meaning.UNMATCHED, matched_how=_how(by), matched_by=by,
    )  # fmt: skip
    line.save()
    Statement.objects.filter(pk=statement.pk).update(count=statement.count + 1)
    before = as_posted(line)
    _keep([line], [(before, as_seen(line))], by=by, at=at)
    record(
        by=by, at=at, verb="line.typed", person=person.reference, line=line.pk,
        summary=f"{pounds(abs(pence))} on {long_date(on)} was typed in: {payee}.",
    )  # fmt: skip
    return line


def is_ours(line: Line) -> bool:
    """Say whether a line was recognised as a payment of the council, by its sum and day."""
    return line.meaning == Meaning.PAYMENT and line.sure and line.matched_how == Line.How.RULE


@transaction.atomic
def take_back(*, statement: Statement, reason: str, by: User, at: datetime) -> list[Statement]:
    """Remove a file that should not have been read, with every line it brought.

    What its lines said in the books is taken back there; the reason stays in the record. Returns
    the files that told of some of the same lines: those are gone too, so each has to be sent again
    and is then read anew.

    Raises:
        NotNow: it was taken back before.
    """
    Person.objects.select_for_update().get(pk=statement.person_id)
    if not Statement.objects.filter(pk=statement.pk).exists():
        raise NotNow("This file was taken back before.")
    lines = list(Line.objects.filter(statement=statement).select_related("person"))
    before = [as_posted(line) for line in lines]
    for line in lines:
        line.sure = False
    pairs = zip(before, map(as_seen, lines), strict=True)
    summary = f"Statement {statement.pk} was taken back"
    post_changes(pairs, by=by, at=at, summary=summary)
    record(
        by=by, at=at, verb="statement.taken-back", person=statement.person.reference,
        summary=f"A statement from {long_date(statement.first_day)} to"
        f" {long_date(statement.last_day)} was taken back. Why: {reason}",
        statement=statement.pk, lines=len(lines),
    )  # fmt: skip
    shared = _told_of_the_same(statement)
    Statement.objects.filter(pk__in=[each.pk for each in shared]).update(digest="")
    statement.delete()
    return shared


def _told_of_the_same(statement: Statement) -> list[Statement]:
    """Return the other files of an account that held lines already known, of the same days."""
    others = Statement.objects.filter(
        person=statement.person_id, holding=statement.holding, known_count__gt=0,
        period__overlap=statement.period,
    ).exclude(pk=statement.pk)  # fmt: skip
    return list(others.order_by("period", "id"))


@transaction.atomic
def keep_columns(
    *, layout: Layout, heading: str, by: User, at: datetime, person: str = ""
) -> ColumnMap:
    """Remember how the columns of a bank's file are read.

    What the council saves is for everybody who sends one, and stays when somebody says otherwise.
    """
    councils = ColumnMap.objects.filter(heading=heading).exclude(saved_by__role__in=OWN).first()
    if councils is not None and by.role in OWN:
        return councils
    kept, _ = ColumnMap.objects.update_or_create(
        heading=heading,
        defaults={
            "name": layout.bank, "columns": layout_document(layout), "saved_at": at, "saved_by": by,
        },
    )  # fmt: skip
    record(
        by=by, at=at, verb="columns.kept", person=person, map=kept.pk,
        summary=f"How to read a file of {layout.bank} was saved.",
    )  # fmt: skip
    return kept


@transaction.atomic
def hold_upload(
    *, person: Person, holding: str, name: str, content: bytes, by: User, at: datetime
) -> Upload:
    """Hold a file until its columns are chosen; one for each reader and account."""
    Upload.objects.filter(person=person, holding=holding, by=by).delete()
    return Upload.objects.create(
        person=person, holding=holding, file_name=name[-120:], content=content, by=by, at=at
    )


def _by_hand(person: Person, holding: str, on: date, *, by: User, at: datetime) -> Statement:
    found = Statement.objects.filter(person=person, holding=holding, source="hand").first()
    if found is None:
        return Statement.objects.create(
            person=person, holding=holding, source="hand", read_at=at, read_by=by,
            period=DateRange(on, on + ONE_DAY),
        )  # fmt: skip
    found.period = DateRange(min(found.first_day, on), max(found.last_day, on) + ONE_DAY)
    found.save(update_fields=["period"])
    return found


def _learn(
    line: Line, meaning: str, budget_line: BudgetLine | None, *, by: User, at: datetime
) -> PayeeRule:
    rule, _ = PayeeRule.objects.update_or_create(
        person=line.person, payee=line.key, incoming=line.pence > 0,
        defaults={
            "meaning": meaning, "budget_line": budget_line, "learnt_at": at, "learnt_by": by,
        },
    )  # fmt: skip
    return rule


def _like(line: Line) -> list[Line]:
    """Return the other lines of a payee that nobody has spoken of."""
    same_way = {"pence__gt": 0} if line.pence > 0 else {"pence__lt": 0}
    return list(
        Line.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(person=line.person, holding=line.holding, key=line.key, matched_how=Line.How.RULE)
        .filter(**same_way)
        .exclude(pk=line.pk)
        .exclude(meaning=Meaning.PAYMENT, sure=True)
    )


def _same_part(account: Account, on: date, chosen: BudgetLine | None) -> BudgetLine | None:
    """Return the line of the budget of that day that is called the same, or the one chosen."""
    if chosen is None:
        return None
    parts = account.known_on(on).parts
    if any(part.id == chosen.pk for part in parts):
        return chosen
    same = next((part.id for part in parts if part.what == chosen.what), chosen.pk)
    return chosen if same == chosen.pk else BudgetLine.objects.get(pk=same)


def _keep(lines: list[Line], pairs: Iterable[tuple[Seen, Seen]], *, by: User, at: datetime) -> None:
    """Store what lines are now, and let the books follow."""
    for line in lines:
        line.in_books = line.sure
    fields = (
        "meaning", "sure", "budget_line", "matched_how", "matched_by", "why", "rule", "in_books"
    )  # fmt: skip
    Line.objects.bulk_update(lines, fields, batch_size=1000)
    post_changes(pairs, by=by, at=at, summary="What lines of a statement were")


def _how(by: User) -> str:
    return Line.How.PERSON if by.role in OWN else Line.How.OFFICER


def _told_by(by: User, at: datetime) -> str:
    return f"{by} said so on {long_date(localtime(at))}."[:240]
