"""People summed up in blocks, so that a refit never goes back to the people.

For each block of people the products of the columns with each other and with the costs are kept.
Any resample of people is then a weighted sum of blocks, and all resamples are one multiplication.
"""

from dataclasses import dataclass

import numpy as np

from wherewithal.calibration.straight import Floats

BLOCKS = 1000
MOST_BYTES = 256_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Grams:
    """What least squares needs to know of people, for each block of them or for all.

    ``gram`` is columns by columns and ``right`` columns by cost, both weighted; ``sums`` adds up
    the columns and ``paid`` what they are to come to, unweighted, so that a total can be held.
    """

    gram: Floats
    right: Floats
    sums: Floats
    paid: Floats

    def all(self) -> "Grams":
        """Return the sum over all blocks."""
        return Grams(
            self.gram.sum(axis=0), self.right.sum(axis=0), self.sums.sum(axis=0), self.paid.sum()
        )

    def one(self, place: int) -> "Grams":
        """Return one of them."""
        return Grams(self.gram[place], self.right[place], self.sums[place], self.paid[place])

    def resampled(self, counts: Floats) -> "Grams":
        """Return the sums in which each block counts as often as drawn; one row a resample."""
        blocks, width = self.right.shape
        flat = counts @ self.gram.reshape(blocks, width * width)
        return Grams(
            flat.reshape(len(counts), width, width),
            counts @ self.right,
            counts @ self.sums,
            counts @ self.paid,
        )


def block_size(people: int, width: int) -> int:
    """Return how many people stand in a block: a thousandth of them, or more with many columns."""
    blocks = min(BLOCKS, max(50, MOST_BYTES // (8 * width * width)))
    return max(1, -(-people // blocks))


def summed(design: Floats, target: Floats, weights: Floats, wanted: Floats, size: int) -> Grams:
    """Sum people up in blocks of ``size``; the last block may be smaller.

    ``target`` is what is fitted to, and ``wanted`` what figures are to add up to.
    """
    people, width = design.shape
    root = np.sqrt(weights)
    grams = []
    rights = []
    whole = people // size * size
    weighted = design * root[:, None]
    paid = target * root
    if whole:
        blocks = weighted[:whole].reshape(-1, size, width)
        grams.append(np.matmul(blocks.transpose(0, 2, 1), blocks))
        costs = paid[:whole].reshape(-1, size, 1)
        rights.append(np.matmul(blocks.transpose(0, 2, 1), costs)[:, :, 0])
    if whole < people:
        rest = weighted[whole:]
        grams.append((rest.T @ rest)[None])
        rights.append((rest.T @ paid[whole:])[None])
    starts = np.arange(0, people, size)
    return Grams(
        np.concatenate(grams),
        np.concatenate(rights),
        np.add.reduceat(design, starts, axis=0),
        np.add.reduceat(wanted, starts),
    )
