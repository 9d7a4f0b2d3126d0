"""How to audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How to audit.

    ``tolerance``: a figure is short where it is under (1 - tolerance) of the plan. ``bootstraps``:
    how many samples. ``smallest``: groups of fewer people are not shown. ``material``: a difference
    smaller than this is not called a finding, however certain it is.

    Raises:
        ValueError: one is out of range; says which, and what is allowed.
    """

    tolerance: float = 0.10
    bootstraps: int = 1000
    seed: int = 1
    smallest: int = 10
    material: float = 0.02

    def __post_init__(self) -> None:
        for name, least, most in (
            ("tolerance", 0, 0.9),
            ("bootstraps", 100, 100_000),
            ("seed", 0, 2**63),
            ("smallest", 5, 1000),
            ("material", 0, 0.5),
        ):
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name} is {value}. Use a number from {least} to {most}.")
