"""The year in a report that a finance director and a councillor can both read."""

from collections.abc import Sequence

from wherewithal.dates import long_date
from wherewithal.reports import Report, Section
from wherewithal.web.config.year.proofs import Proof
from wherewithal.web.config.year.report import charges, looking, money, people, proved, timely
from wherewithal.web.config.year.town import Year
from wherewithal.web.insight.suppression import SMALLEST
from wherewithal.web.policy.settings import local

MADE_UP = "Everybody in this report is made up: the people, the providers, and what befell them."


def report_on(year: Year, proofs: Sequence[Proof], *, seed: int) -> Report:
    """Return the report of a year that was lived and proved; it names nobody."""
    name = str(local("council_name")["council_name"])
    span = f"{long_date(year.first)} to {long_date(year.last)}"
    sections: tuple[Section, ...] = (
        *money.sections(year), *timely.sections(year), *people.sections(year),
        *charges.sections(year), *looking.sections(year), *proved.sections(proofs),
    )  # fmt: skip
    facts: tuple[tuple[str, str], ...] = (
        ("Council", f"{name}, which does not exist"),
        ("Days", span),
        ("People known to it", f"{year.people:,}"),
        ("Accounts that money is paid into", f"{len(year.accounts):,}"),
        ("Seed", f"{seed}: the same seed gives the same year"),
        ("Small numbers hidden", f"under {SMALLEST} people"),
    )
    if open_ := charges.not_confirmed():
        facts += (("Figures", open_),)
    return Report(f"A year of {name}", _lead(year, proofs), facts, sections)


def _lead(year: Year, proofs: Sequence[Proof]) -> tuple[str, ...]:
    wrong = next((proof for proof in proofs if not proof.holds), None)
    told = (
        f"Every penny is accounted for: {len(proofs)} proofs, each worked out from two ends, agree."
        if wrong is None
        else f"Not every penny is accounted for. {wrong.title}: {wrong.difference}"
    )
    return (
        MADE_UP + " It shows what the money side of the product does over a whole year, through"
        " the same actions that officers and people press.",
        told,
        money.in_a_sentence(year),
        timely.in_a_sentence(year),
        looking.in_a_sentence(),
    )
