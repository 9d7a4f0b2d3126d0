"""A scheme taken apart into single values by their places, so that two can be held side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias, cast

from wherewithal.scheme.document.write_steps import decimal
from wherewithal.scheme.mistakes import Path
from wherewithal.scheme.parts import ByHand, Condition
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.steps import NAMES, Band, Term

Leaf: TypeAlias = "str | bool | int | Fraction | date | Band | tuple[Fraction, Fraction] | None"


def leaves(scheme: Scheme) -> dict[Path, Leaf]:
    """Return every single value of a scheme by its place; equal schemes have equal leaves."""
    return dict(_walk(scheme, ()))


def orders(scheme: Scheme) -> dict[Path, tuple[str, ...]]:
    """Return in which order the named parts of every place stand."""
    return dict(_orders(scheme, ()))


def told(leaf: Leaf, symbol: str = "") -> str:
    """Write a value as a person would; ``symbol`` goes before a number of money."""
    match leaf:
        case None:
            return "none"
        case bool():
            return "yes" if leaf else "no"
        case Fraction() | int():
            sign = "−" if leaf < 0 else ""
            return f"{sign}{symbol}{_digits(abs(Fraction(leaf)), 2 if symbol else 0)}"
        case Band():
            end = "" if leaf.below is None else f", below {told(leaf.below)}"
            return f"from {told(leaf.start)}{end}: {told(leaf.amount, symbol)}"
        case tuple():
            return f"at {told(leaf[0])}: {told(leaf[1], symbol)}"
        case _:
            return str(leaf) or "nothing"


def _digits(number: Fraction, places: int) -> str:
    text = str(decimal(number, places))
    return text if "." in text or "/" in text or not places else f"{text}.{'0' * places}"


def _walk(value: object, path: Path) -> Iterator[tuple[Path, Leaf]]:
    plain = value is None or isinstance(value, str | bool | int | Fraction | date | Band)
    if plain or (isinstance(value, tuple) and _pair(value)):
        yield path, cast("Leaf", value)
    else:
        for key, each in _inside(value, path):
            yield from _walk(each, (*path, key))


def _inside(value: object, path: Path) -> Iterator[tuple[str, object]]:
    """Yield the parts of a value under their names; a step has its kind besides."""
    if isinstance(value, Mapping):
        yield from ((str(key), each) for key, each in value.items())
    elif isinstance(value, tuple):
        yield from _named(value)
    elif is_dataclass(value) and not isinstance(value, type):
        kinds = [name for kind, name in NAMES.items() if isinstance(value, kind)]
        yield from (("kind", kind) for kind in kinds)
        yield from ((f.name, getattr(value, f.name)) for f in fields(value) if f.init)
    else:
        raise TypeError(f"{value!r} at {path} is no part of a scheme")


def _pair(value: tuple[object, ...]) -> bool:
    return len(value) == 2 and all(isinstance(each, Fraction) for each in value)


def _named(items: Iterable[object]) -> Iterator[tuple[str, object]]:
    """Yield parts under their own names; a second of one name is numbered."""
    seen: Counter[str] = Counter()
    for number, item in enumerate(items, start=1):
        name = _name(item, number)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", item


def _name(item: object, number: int) -> str:
    match item:
        case str():
            return item
        case Band() | tuple():
            return str(number)
        case Term():
            return item.of
        case Condition():
            return item.question
        case ByHand():
            return " and ".join(each.question for each in item.when) or "the total"
        case _:
            return str(getattr(item, "code", number))


def _orders(value: object, path: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    if isinstance(value, Mapping):
        yield path, tuple(value)
    elif isinstance(value, tuple) and not _pair(value):
        named = list(_named(value))
        yield path, tuple(key for key, _ in named)
        for key, each in named:
            yield from _orders(each, (*path, key))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.init:
                yield from _orders(getattr(value, field.name), (*path, field.name))
