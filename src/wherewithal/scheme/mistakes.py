"""What is wrong with a scheme: where it stands, what was written there, and how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a scheme; ``line`` counts from 1, and is 0 where there is no document.

    ``path`` leads to the place by codes, so that a document can say on which line it stands.
    """

    line: int
    value: str
    where: str
    mend: str
    path: Path = field(default=(), compare=False)

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{place}{self.where}: {self.value!r}. {self.mend}"


class SchemeMistakes(ValueError):  # mistakes, in the words of the house
    """A scheme that cannot be used, with every mistake found in it, in order of line."""

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(sorted(mistakes, key=lambda m: (m.line, m.where, m.value)))
        many = "1 mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        listing = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(f"{name} has {many}:\n{listing}")
