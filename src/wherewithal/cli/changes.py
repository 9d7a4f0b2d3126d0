"""``wherewithal changes``: say why one person's figure moved, in pence that add up exactly."""

import argparse
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from wherewithal.allocation import Answers
from wherewithal.allocation.changes import LARGE_FALL, ChangeNotice, changes
from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.allocate import answers_in, read_rows
from wherewithal.cli.scheme import load
from wherewithal.money import pounds
from wherewithal.scheme import Scheme


def register(subparsers: Subcommands) -> None:
    """Add ``changes``."""
    moved = subparsers.add_parser("changes", help="say why one person's figure moved, in pence")
    moved.add_argument("id", metavar="ID", help="the person, by the column `id` of both files")
    both = ("SCHEME", "ANSWERS.csv")
    moved.add_argument("--from", dest="before", nargs=2, metavar=both, required=True,
                       help="the scheme and the answers before")  # fmt: skip
    moved.add_argument("--to", dest="after", nargs=2, metavar=both, required=True,
                       help="the scheme and the answers now")  # fmt: skip
    moved.add_argument("--large-fall", type=_percent, default=LARGE_FALL, metavar="PERCENT",
                       help="flag a fall of more than this (10 unless you say)")  # fmt: skip
    moved.set_defaults(run=run)


def _percent(text: str) -> Fraction:
    digits = text.removesuffix("%")
    if not (digits.isascii() and digits.isdigit() and int(digits) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 100.")
    return Fraction(int(digits), 100)


def run(arguments: argparse.Namespace) -> int:
    """Print the change notice of one person."""
    before = side(arguments.before, arguments.id)
    after = side(arguments.after, arguments.id)
    print("\n".join(in_words(changes(before, after, large_fall=arguments.large_fall))))
    return 0


def side(given: Sequence[str], person: str) -> tuple[Scheme, Answers]:
    """Return a scheme and one person's answers to it.

    Raises:
        Mistake: one of them can't be read, or nobody in the file has this id.
    """
    name, file = given
    scheme, path = load(name), Path(file)
    for row in read_rows(path, scheme):
        if row.person == person:
            return scheme, answers_in(scheme, row)
    raise Mistake(f"Nobody in {path} has the id {person!r}.")


def in_words(notice: ChangeNotice) -> Iterator[str]:
    """Write a change notice, the pence of each part before its words."""
    yield notice.sentence
    symbol = notice.after.symbol
    if notice.parts:
        amounts = [_signed(change.pence, symbol) for change in notice.parts]
        wide = max(map(len, amounts))
        yield from ("", "Because:")
        for change, amount in zip(notice.parts, amounts, strict=True):
            yield f"  {amount:>{wide}}  {change.sentence}"
        yield f"  {_signed(notice.moved or 0, symbol):>{wide}}  together"
    if notice.no_effect:
        yield from ("", "This changed too, and moved nothing:")
        yield from (f"  {change.sentence}" for change in notice.no_effect)
    if notice.large_fall:
        yield from ("", "This is a large fall. A person must look at it with them.")
    yield ""
    for when, told in (("Before", notice.before), ("Now", notice.after)):
        yield f"{when}: scheme {told.scheme} {told.version}, hash {told.scheme_hash}"


def _signed(pence: int, symbol: str) -> str:
    return f"+{pounds(pence, symbol=symbol)}" if pence > 0 else pounds(pence, symbol=symbol)
