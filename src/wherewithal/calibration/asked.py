"""What a fit is asked for, and the messages when it can't be done."""

from dataclasses import dataclass
from types import ModuleType


class FitMistake(ValueError):
    """A fit that can't be made as it was asked for; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fit is asked for.

    ``percentile`` asks for figures that cover that share of plans (1 to 99). ``holdout`` is the
    share of people kept out of the fit, to try it on. ``total`` is what all figures are to come
    to, as a share of all agreed costs. ``fair_within`` asks that no group is under-allocated more
    than this share above the whole, and ``fair_by`` for which groupings (all, if
    empty). ``step`` is what every amount is a multiple of.
    ``prior_people`` is how many people the scheme's own amounts count for. Groups of fewer than
    ``fewest`` people are not shown. ``target`` names the column that is fitted to, and
    ``past_spend`` says that it holds what was spent, not what was agreed. Without ``ceiling`` no
    trees are grown to stand beside the fit.
    """

    percentile: int | None = None
    holdout: float = 0.2
    total: float = 1.0
    fair_within: float | None = None
    fair_by: tuple[str, ...] = ()
    bootstraps: int = 1000
    seed: int = 1
    step: int = 1
    prior_people: int = 30
    fewest: int = 10
    target: str = "agreed"
    past_spend: bool = False
    ceiling: bool = True

    def __post_init__(self) -> None:
        least_most = (
            ("percentile", self.percentile, 1, 99, "a whole number from 1 to 99, like 65"),
            ("holdout", self.holdout, 0.05, 0.5, "a share from 5% to 50%, like 20%"),
            ("total", self.total, 0.1, 10, "a share of the agreed total, like 1 or 1.05"),
            ("fair_within", self.fair_within, 0, 1, "a share from 0% to 100%, like 2%"),
            ("bootstraps", self.bootstraps, 0, 100_000, "a whole number, like 1000 (0 for none)"),
            ("seed", self.seed, 0, 2**63, "a whole number from 0 up, like 1"),
            ("step", self.step, 1, 1000, "a whole number from 1 up, like 1 or 5"),
            ("prior_people", self.prior_people, 0, 100_000, "a whole number from 0 up, like 30"),
            ("fewest", self.fewest, 1, 1000, "a whole number from 1 up, like 10"),
        )
        for name, value, least, most, mend in least_most:
            if value is not None and not least <= value <= most:
                raise FitMistake(f"{name.replace('_', '-')}: {value} can't be used. Write {mend}.")

    @property
    def costs(self) -> str:
        """Return what was fitted to, in words."""
        return f"past spend ({self.target})" if self.past_spend else "agreed plan costs"


def optional(name: str) -> ModuleType:
    """Return a module that only the analysis install brings.

    Raises:
        FitMistake: it is not installed; the message says how to install it.
    """
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        mend = 'Install what it needs with: pip install "wherewithal[analysis]"'
        raise FitMistake(f"Fitting a scheme needs {name}, which is not here. {mend}") from None
