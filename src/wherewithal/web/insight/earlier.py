"""Comparisons made before: a new one must not tell, beside them, what a few people would get.

Each report hides small numbers. But two reports on nearly the same scheme, one taken from the
other, could leave the figure of one person.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from wherewithal.allocation import evaluate
from wherewithal.allocation.cases import Cases
from wherewithal.scheme import Scheme, SchemeMistakes, read_scheme
from wherewithal.web.policy.models import Study

MOST = 20
"""How many different schemes of earlier comparisons are looked at, the newest first."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A scheme whose figures an earlier comparison told, and what the policy room calls it."""

    name: str
    hash: str
    document: str


def compared_before(study: Study) -> Iterator[Compared]:
    """Return each scheme that finished comparisons of this code told of, the newest first."""
    done = Study.objects.filter(
        kind=Study.Kind.SIMULATE, status=Study.Status.DONE, scheme__code=study.scheme.code
    ).exclude(pk=study.pk)
    seen: set[str] = set()
    rows = done.select_related("scheme", "beside").defer("report", "workbook", "tables", "falls")
    for each in rows.order_by("-finished_at", "-pk").iterator(chunk_size=MOST):
        told = [Compared(str(each.scheme), each.scheme_hash, each.document)]
        if (beside := each.beside) is not None:
            told.append(Compared(str(beside), beside.hash, beside.document))
        for compared in told:
            if compared.hash not in seen:
                seen.add(compared.hash)
                yield compared
            if len(seen) == MOST:
                return


def refuse_too_near(
    schemes: Iterable[Scheme],
    before: Iterable[Compared],
    cases: Callable[[Scheme], Cases],
    *,
    smallest: int,
) -> None:
    """See that no scheme gives just a few people another figure than one that was told of before.

    Raises:
        ValueError: one does; the message says beside which, and what to do.
    """
    new = {scheme.hash: _figures(scheme, cases(scheme)) for scheme in schemes}
    for each in before:
        if each.hash in new:
            continue
        try:
            told = read_scheme(each.document, name=each.name)
        except SchemeMistakes:  # read by an older version of this program, and by this no more
            continue
        there = _figures(told, cases(told))
        for here in new.values():
            if 0 < int((here != there).any(axis=0).sum()) < smallest:
                raise ValueError(
                    f"Fewer than {smallest} people would have another figure than by {each.name},"
                    " which was compared before. The two reports side by side would tell theirs."
                    " Change more at once, or leave this change to be looked at with each person."
                )


def _figures(scheme: Scheme, cases: Cases) -> np.ndarray:
    """Return everybody's outcome and figure, as two rows."""
    found = evaluate(scheme, cases.columns, figures=("status", "total"))
    return np.stack([found["status"].astype(np.int64), found["total"]])
