"""Everybody's figure, with and without family help, beside what was agreed and their groups."""

from dataclasses import dataclass

import numpy as np

from wherewithal.allocation import evaluate
from wherewithal.allocation.cases import Cases
from wherewithal.equity.labels import Label
from wherewithal.equity.yardstick import check_yardstick, own_columns
from wherewithal.scheme import Scheme

Column = np.ndarray
HELP = ".help"


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """One row a person. Money is in pence; 0 where there is no figure or nothing was agreed.

    ``status`` is as :data:`wherewithal.allocation.STATUSES`. ``without_help`` is the figure worked
    out anew with every share of family help put to 0. ``helped`` have family help recorded;
    ``willing_and_able`` have a carer recorded as both. ``compared`` have a figure and a plan.

    ``need`` is what need is measured by: the yardstick's figure without help, or where there is no
    yardstick the scheme's own. ``counted`` is the share of it that help takes away (0 to 1), and
    ``measured`` have it and a plan.
    """

    labels: tuple[Label, ...]
    status: Column
    figure: Column
    without_help: Column
    agreed: Column
    helped: Column
    willing_and_able: Column
    compared: Column
    need: Column
    counted: Column
    measured: Column

    @property
    def people(self) -> int:
        """Return how many there are."""
        return len(self.status)

    @property
    def has_figure(self) -> Column:
        """Say who has a figure."""
        return np.asarray(self.status == 0)

    @property
    def taken(self) -> Column:
        """Return what is taken away for family help."""
        return np.asarray(self.without_help - self.figure)


def population(
    scheme: Scheme, cases: Cases, labels: tuple[Label, ...], yardstick: Scheme | None = None
) -> Population:
    """Work out everybody's figures, and their need by the yardstick if there is one.

    Raises:
        YardstickMistake: the cases or the scheme do not fit the yardstick.
    """
    columns = own_columns(scheme, cases.columns) if yardstick else cases.columns
    status, figure, full = _figures(scheme, columns)
    seen, less, need = status, figure, full
    if yardstick:
        check_yardstick(scheme, yardstick, cases.columns)
        seen, less, need = _figures(yardstick, own_columns(yardstick, cases.columns))
    agreed = np.zeros(len(status), np.int64) if cases.agreed is None else cases.agreed
    return Population(
        labels,
        status,
        figure,
        full,
        agreed,
        _any_help(columns, len(status)),
        _said_yes(columns, "carer_willing", len(status))
        & _said_yes(columns, "carer_able", len(status)),
        (status == 0) & (agreed > 0),
        need,
        (need - less) / np.maximum(need, 1),
        (seen == 0) & (agreed > 0),
    )


def _figures(scheme: Scheme, columns: dict[str, Column]) -> tuple[Column, Column, Column]:
    """Return everybody's status, and their figures with and without family help."""
    found = evaluate(scheme, columns)
    alone = evaluate(scheme, without_help(columns))
    known = found["status"] == 0
    figures = np.where(known, found["total"], 0), np.where(known, alone["total"], 0)
    return found["status"], *figures


def without_help(columns: dict[str, Column]) -> dict[str, Column]:
    """Return the columns with every share of family help put to 0."""
    return {
        name: np.zeros_like(column) if name.endswith(HELP) else column
        for name, column in columns.items()
    }


def _any_help(columns: dict[str, Column], people: int) -> Column:
    some = np.zeros(people, bool)
    for name, column in columns.items():
        if name.endswith(HELP):
            some |= column > 0
    return some


def _said_yes(columns: dict[str, Column], name: str, people: int) -> Column:
    return np.asarray(columns[name] == 1) if name in columns else np.zeros(people, bool)
