"""The measured scheme written by hand for NumPy, as fast as we know how: the yardstick.

It holds for this one scheme only. A table for each question answers what is left of its points for
each answer and share; one more table answers the pence for each adjusted score in each area.
"""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from math import floor

import numpy as np

from bench.population import Column, helped, numbers

BLOCK = 32_768
SHARES = 101


class Tables:
    """Everything that can be looked up."""

    def __init__(self) -> None:
        """Build the tables, exactly."""
        given = numbers()
        kept = 100 - np.arange(SHARES)
        self.left = {
            code: np.outer(points, kept).astype(np.uint16).ravel()
            for code, points in given["points"].items()
        }
        self.most = (
            sum(points[-1] for points in given["points"].values()) * 100 * 253 + 100
        ) // 200
        self.pence = np.concatenate([self._pence(Fraction(str(each))) for each in given["area"]])

    def _pence(self, factor: Fraction) -> Column:
        given = numbers()
        knots = [(Fraction(str(x)), Fraction(str(y))) for x, y in given["knots"]]
        least, most = Fraction(str(given["least"])), Fraction(str(given["most"]))
        found, place = np.zeros(self.most + 1, np.int32), 0
        for score in range(1, self.most + 1):
            value = Fraction(score, 100)
            while place < len(knots) - 2 and value >= knots[place + 1][0]:
                place += 1
            (x0, y0), (x1, y1) = knots[place], knots[place + 1]
            priced = (y0 + (value - x0) * (y1 - y0) / (x1 - x0)) * factor
            found[score] = floor(min(max(priced, least), most) * 100 + Fraction(1, 2))
        return found


def evaluate(
    tables: Tables, columns: dict[str, Column], out: dict[str, Column], rows: range
) -> None:
    """Work out some of the people, block by block, in memory that is used again."""
    place, narrow = np.empty(BLOCK, np.intp), np.empty(BLOCK, np.uint16)
    total, wide, byte = (
        np.empty(BLOCK, np.uint16),
        np.empty(BLOCK, np.uint32),
        np.empty(BLOCK, "u1"),
    )
    other = np.empty(BLOCK, np.uint32)
    for start in rows:
        some = slice(start, min(start + BLOCK, rows.stop))
        count = some.stop - start
        p, n, t, w, b, o = (each[:count] for each in (place, narrow, total, wide, byte, other))
        counts = ((columns["carer_willing"][some] == 1) & (columns["carer_able"][some] == 1)).view(
            "u1"
        )
        t[:] = 0
        for code in helped():
            np.multiply(columns[f"{code}.help"][some], counts, out=b)
            np.copyto(n, columns[code][some])
            np.multiply(n, SHARES, out=n)
            np.add(n, b, out=n)
            np.copyto(p, n)
            left = out[f"step.{code}-left"][some]
            np.take(tables.left[code], p, out=left, mode="clip")
            np.add(t, left, out=t)
        np.copyto(w, t)
        for code, more in (("alone", 1), ("changing", 3)):
            np.multiply(columns[code][some], more, out=b)
            np.add(b, 10 if more == 1 else 20, out=b)
            np.copyto(o, b)
            np.multiply(w, o, out=w)
        np.add(w, 100, out=w)
        np.floor_divide(w, 200, out=w)
        np.copyto(out["step.adjusted"][some], w, casting="unsafe")
        np.copyto(o, columns["area"][some])
        np.multiply(o, tables.most + 1, out=o)
        np.add(w, o, out=w)
        np.copyto(p, w)
        np.take(tables.pence, p, out=out["total"][some], mode="clip")


def shared(
    tables: Tables, columns: dict[str, Column], out: dict[str, Column], threads: int
) -> None:
    """Work out everybody, the people shared between threads."""
    count = len(out["total"])
    share = -(-count // threads)
    parts = [range(start, min(start + share, count), BLOCK) for start in range(0, count, share)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda rows: evaluate(tables, columns, out, rows), parts))
