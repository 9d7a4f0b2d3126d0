"""Statements, accounts looked at, talks, and money that is over."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Sum

from wherewithal.money import pounds
from wherewithal.monitoring.rules import rules
from wherewithal.reports import Chart, Column, Section, Table
from wherewithal.web.checks.due import reached
from wherewithal.web.checks.models import Flag, LookAgain, Repayment, SurplusProposal
from wherewithal.web.config.year.report.tables import counted, crossed
from wherewithal.web.config.year.town import Year
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Line, Statement

HOW = {
    "rule": "Known by itself", "person": "Said by the person", "officer": "Said by an officer",
}  # fmt: skip
FORMS = {
    "lloyds": "Lloyds CSV", "starling": "Starling CSV", "natwest": "NatWest CSV",
    "card": "Prepaid card CSV", "mt940": "MT940", "camt053": "camt.053", "ofx": "OFX",
}  # fmt: skip


def sections(year: Year) -> Iterator[Section]:
    """Yield the parts about statements, talks and sums that are over."""
    yield Section(
        "Accounts, checked lightly",
        (_looked(year), "Every statement is a file as a bank gives it. Each line is known by"
         " itself, or somebody is asked once and it is known from then on."),
        (_forms(year), _lines(), _flags()),
    )  # fmt: skip
    yield Section(
        "Money that is over",
        ("A reserve stays, and all that is set aside. Of what is then over, the person’s own"
         " share comes first. Only the rest can be asked for, by one officer, and somebody"
         " else decides.",),
        (_over(), _became(), _again()),
    )  # fmt: skip


def in_a_sentence() -> str:
    """Say what was asked back, and what was left."""
    asked = SurplusProposal.objects.aggregate(asked=Sum("asked"), could=Sum("reclaim"))
    if not asked["could"]:
        return "Nobody was asked for money back."
    return (
        f"{pounds(int(asked['could']))} could have been asked back as over. After talking with"
        f" people, {pounds(int(asked['asked']))} was asked for."
    )


def _looked(year: Year) -> str:
    found = reached(Person.objects.all(), year.last)
    return (
        f"{found.accounts:,} accounts are in use. {found.percent} in 100 were looked at together"
        " with the person within twelve months."
    )


def _forms(year: Year) -> Table:
    rows = [
        (title, year.seen[f"statements read: {form}"])
        for form, title in FORMS.items()
        if year.seen[f"statements read: {form}"]
    ]
    refused = year.seen["statements refused because days were missing"]
    count = sum(number for _, number in rows)
    note = f"{refused:,} more were refused because days before them were missing; they came later."
    columns = (Column("Form of the file"), Column("Files", "number"))
    return Table("Statements that were read", columns, (*rows, ("Altogether", count)), note, 1)


def _lines() -> Table:
    bank = Line.objects.filter(statement__in=Statement.objects.exclude(source="hand")).order_by()
    known = Counter({
        row["matched_how"]: row["n"]
        for row in bank.filter(sure=True).values("matched_how").annotate(n=Count("id"))
    })  # fmt: skip
    rows = [(title, known[how]) for how, title in HOW.items() if known[how]]
    rows.append(("Still to be looked at", bank.filter(sure=False).count()))
    columns = (Column("How a line was known"), Column("Lines", "number"))
    total = ("Altogether", sum(count for _, count in rows))
    return Table("Lines of statements", columns, (*rows, total), foot=1)


def _flags() -> Table:
    found = Counter({
        (row["rule"], row["status"]): row["n"]
        for row in Flag.objects.order_by().values("rule", "status").annotate(n=Count("id"))
    })  # fmt: skip
    states = [(state.value, str(state.label)) for state in Flag.Status]
    rows = [
        (rule.title, [found[code, state] for state, _ in states])
        for code, rule in rules().items()
        if any(found[code, state] for state, _ in states)
    ]
    note = "Each is the beginning of a talk. None of them stops or takes any money."
    return crossed("What was worth a talk", "What was seen", [label for _, label in states], rows,
                   note)  # fmt: skip


def _over() -> Chart:
    found = SurplusProposal.objects.aggregate(
        over=Sum("over"), own=Sum("person_share"), could=Sum("reclaim"), asked=Sum("asked")
    )
    parts = {
        row["kind"]: int(row["sum"])
        for row in Repayment.objects.filter(done_on__isnull=False)
        .order_by()
        .values("kind")
        .annotate(sum=Sum("pence"))
    }
    waits = Repayment.objects.filter(done_on__isnull=True).aggregate(sum=Sum("pence"))["sum"]
    rows = (
        ("Over, after the reserve", int(found["over"] or 0)),
        ("People’s own share of it", int(found["own"] or 0)),
        ("Could be asked for", int(found["could"] or 0)),
        ("Asked for", int(found["asked"] or 0)),
        ("Paid back", parts.get("paid", 0)),
        ("Taken off later payments", parts.get("taken-off", 0)),
        ("Let go after it was agreed", parts.get("let-go", 0)),
        ("Still to come", int(waits or 0)),
    )
    table = Table("What was over, and whose", (Column("Sum of"), Column("Sum", "pence", 0)), rows)
    says = (
        f"Of {pounds(rows[0][1])} that was over, {pounds(rows[1][1])} was people’s own share and"
        f" stays theirs. {pounds(rows[3][1])} was asked for."
    )
    return Chart("bars", table, says, "Sum of", ("Sum",))


def _became() -> Table:
    closed: Counter[str] = Counter()
    for status, asked in SurplusProposal.objects.values_list("status", "asked"):
        if status == "closed":
            closed["Settled" if asked else "Left with the person"] += 1
        else:
            closed[str(SurplusProposal.Status(status).label)] += 1
    return counted("What became of sums that were over", "State", sorted(closed.items()))


def _again() -> Table:
    found = Counter(LookAgain.objects.values_list("outcome", flat=True))
    labels = {"": "Not answered yet"} | {str(o.value): str(o.label) for o in LookAgain.Outcome}
    rows = [(labels[outcome], count) for outcome, count in sorted(found.items())]
    return counted(
        "Decisions that were looked at again", "Answer", rows,
        column=Column("Decisions", "number"), note="Each by somebody who did not decide first.",
    )  # fmt: skip
