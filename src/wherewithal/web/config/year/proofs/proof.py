"""What a proof shows: sums side by side, whether they agree, and where they first do not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof: what it is about, its sums in pence, and the first difference, if there is one."""

    title: str
    says: str
    sums: tuple[tuple[str, int], ...]
    difference: str = ""

    @property
    def holds(self) -> bool:
        """Say whether every penny agrees."""
        return not self.difference
