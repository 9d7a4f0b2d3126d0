"""NHS numbers that can never belong to anyone: the 999 range kept for tests, with a check digit."""

import numpy as np
from numpy.typing import NDArray

_SIX_DIGITS = 1_000_000
_STRIDE = 618_033  # has no factor in common with a million, so every step lands somewhere new
_SEED_STRIDE = 271_829
AVAILABLE = 900_000


def check_digits(nines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the check digit of nine-digit numbers; 10 means that the number cannot be used.

    The digits are weighted 10, 9, … 2, and the check digit is 11 less the remainder of their sum
    by 11, with 11 written as 0 (NHS Data Dictionary, NHS number).
    """
    digits = nines[:, None] // 10 ** np.arange(8, -1, -1) % 10
    return (11 - digits @ np.arange(10, 1, -1) % 11) % 11


def made_up_numbers(count: int, seed: int) -> list[str]:
    """Return ``count`` different ten-digit NHS numbers that begin with 999.

    Raises:
        ValueError: more were asked for than the range can surely give.
    """
    if count > AVAILABLE:
        raise ValueError(
            f"{count:,} people are too many: the range of NHS numbers kept for tests has room for "
            f"{AVAILABLE:,}. Ask for fewer."
        )
    tries = min(_SIX_DIGITS, count + count // 5 + 100)
    steps = (np.arange(tries, dtype=np.int64) * _STRIDE + seed * _SEED_STRIDE) % _SIX_DIGITS
    nines = 999_000_000 + steps
    checks = check_digits(nines)
    usable = checks != 10
    return [str(number) for number in (nines * 10 + checks)[usable][:count].tolist()]
