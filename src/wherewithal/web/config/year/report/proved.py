"""The proofs, as tables: each from two ends."""

from collections.abc import Iterator, Sequence

from wherewithal.reports import Column, Section, Table
from wherewithal.web.config.year.proofs import Proof
from wherewithal.web.config.year.report.tables import sums


def sections(proofs: Sequence[Proof]) -> Iterator[Section]:
    """Yield the part with every proof and its sums."""
    rows = tuple((proof.title, "agrees" if proof.holds else proof.difference) for proof in proofs)
    table = Table("Every penny", (Column("Proof"), Column("Result")), rows)
    yield Section(
        "Every penny, proved",
        ("Each sum is worked out twice: from the books, and from what happened. The command"
         " that makes this report fails at the first penny that does not agree.",),
        (table, *(sums(proof.title, "Sum of", proof.sums, note=proof.says) for proof in proofs)),
    )  # fmt: skip
