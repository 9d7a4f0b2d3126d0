"""Every penny of the year, proved from both ends; the first that does not agree is named."""

from collections.abc import Iterator

from wherewithal.web.config.year.proofs import (
    bank_balances,
    bills,
    books,
    contributions,
    files,
    owed,
    recoveries,
)
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year

__all__ = ["Proof", "proofs"]

PROVERS = (books, files, bank_balances, owed, contributions, bills, recoveries)


def proofs(year: Year) -> Iterator[Proof]:
    """Yield each proof of the year that was lived, in the order in which they are read."""
    for prover in PROVERS:
        yield prover.prove(year)
