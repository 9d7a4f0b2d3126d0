"""What left in the bank files is what the books say left: read back from the stored bytes."""

import re

from django.db.models import Sum

from wherewithal.banking.standard18 import read_standard18
from wherewithal.money import pounds
from wherewithal.web.config.year.proofs.entries import of_the_year
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.models import Run, RunFile

_SUM = re.compile(rb"<InstdAmt[^>]*>(\d+)\.(\d\d)</InstdAmt>")


def prove(year: Year) -> Proof:
    """Add up every payment in every released file, and hold the sums to the books."""
    runs = Run.objects.filter(released_at__gte=at(year.first, 0))
    kept = RunFile.objects.filter(run__in=runs).order_by("run_id", "kind")
    by_run: dict[int, dict[str, int]] = {}
    for file in kept:
        if file.kind in READERS:
            by_run.setdefault(file.run_id, {})[file.kind] = READERS[file.kind](bytes(file.content))
    in_books: dict[str, int] = {}
    for row in of_the_year():
        if row.what in {"payment-sent", "invoice-paid"}:
            in_books[row.source[1]] = in_books.get(row.source[1], 0) + row.pence
    sent = sum(sums["pain001"] for sums in by_run.values())
    bacs = sum(sums.get("standard18", 0) for sums in by_run.values())
    totals = int(runs.aggregate(sum=Sum("total"))["sum"] or 0)
    return Proof(
        "What left the council’s bank",
        f"{len(by_run)} runs were released. The payments in their files were read back from the"
        " bytes that were kept, and added up.",
        (
            ("In the bank files (pain.001)", sent),
            ("Of that, also in Bacs files (Standard 18)", bacs),
            ("Said on the runs", totals),
            ("Sent, by the books", sum(in_books.values())),
        ),
        _difference(by_run, in_books),
    )


def _difference(by_run: dict[int, dict[str, int]], in_books: dict[str, int]) -> str:
    for run, sums in by_run.items():
        said = in_books.pop(str(run), 0)
        if set(sums.values()) != {said}:
            told = ", ".join(f"{kind} {pounds(pence)}" for kind, pence in sums.items())
            return f"Run {run}: the books say {pounds(said)} was sent, and its files {told}."
    return (
        f"Runs {', '.join(in_books)} were sent by the books, and have no file." if in_books else ""
    )


def _pain001(content: bytes) -> int:
    return sum(int(whole) * 100 + int(pence) for whole, pence in _SUM.findall(content))


def _standard18(content: bytes) -> int:
    return read_standard18(content.decode()).totals.pence


READERS = {"pain001": _pain001, "standard18": _standard18}
