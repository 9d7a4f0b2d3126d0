"""The JSON form of an explanation: its schema, and reading one back that was stored or received."""

import json
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from importlib import resources
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

from wherewithal.allocation.answers import Missing
from wherewithal.allocation.explanation import (
    FORMAT,
    AnswerLine,
    Explanation,
    Outcome,
    PriceHours,
    Step,
    Value,
)

KEYS = (
    "explanation", "scheme", "version", "scheme_hash", "currency", "per", "outcome", "total",
    "total_without_help", "help_taken_away", "missing", "because", "sentence", "lines", "hours",
    "steps",
)  # fmt: skip
EXACT = re.compile(r"(?P<above>-?[0-9]{1,600})(?:/(?P<below>[1-9][0-9]{0,599}))?")
WHY = {why.name.lower(): why for why in Missing}
Row = TypeVar("Row", AnswerLine, PriceHours, Step)


class FormMistake(ValueError):  # a mistake to mend, in the words of the house
    """JSON that is no explanation; the message names the place and what should stand there."""

    def __init__(self, place: str, wrong: str) -> None:
        self.place, self.wrong = place, wrong
        super().__init__(f"{place}: {wrong}.")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the form that ``Explanation.to_json`` writes."""
    folder = resources.files("wherewithal.allocation")
    text = (folder / "explanation.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def from_json(data: object) -> Explanation:
    """Return the explanation that a JSON form says: equal to the one it was written from.

    ``data`` is what ``json.loads`` makes of the text.

    Raises:
        FormMistake: it is not such a form, it is of another version, or its sums do not add up.
    """
    if not isinstance(data, Mapping) or data.get("explanation") != FORMAT:
        said = data.get("explanation") if isinstance(data, Mapping) else None
        raise FormMistake("explanation", f"{said!r} is not the version {FORMAT} of this form")
    _keys(data, KEYS, "explanation")
    outcome: Outcome = data["outcome"]
    if outcome not in get_args(Outcome):
        raise FormMistake("outcome", f"{outcome!r} is none of {', '.join(get_args(Outcome))}")
    told = Explanation(
        scheme=_text(data["scheme"], "scheme"),
        version=_text(data["version"], "version"),
        scheme_hash=_text(data["scheme_hash"], "scheme_hash"),
        symbol=_text(data["currency"], "currency"),
        per=_text(data["per"], "per"),
        outcome=outcome,
        total=_pence_or_none(data["total"], "total"),
        total_without_help=_pence_or_none(data["total_without_help"], "total_without_help"),
        missing=tuple(_missing(row, where) for row, where in _list(data["missing"], "missing")),
        because=_texts(data["because"], "because"),
        lines=_rows(AnswerLine, data["lines"], "lines"),
        hours=_rows(PriceHours, data["hours"], "hours"),
        steps=_rows(Step, data["steps"], "steps"),
        sentence=_text(data["sentence"], "sentence"),
    )
    _adds_up(told, _pence_or_none(data["help_taken_away"], "help_taken_away"))
    return told


def _adds_up(told: Explanation, help_taken_away: int | None) -> None:
    """Refuse a form whose sums do not add up: it was changed on its way."""
    if (told.outcome == "figure") != (told.total is not None):
        raise FormMistake("total", f"{told.total!r} does not go with the outcome {told.outcome}")
    if (told.total is None) != (told.total_without_help is None):
        raise FormMistake("total_without_help", "it goes with total: both are sums, or both null")
    if told.total is None:
        return
    for name, whole, parts in (
        ("total", told.total, [line.pence for line in told.lines]),
        ("total_without_help", told.total_without_help, [x.pence_without_help for x in told.lines]),
    ):
        if whole != sum(parts):
            raise FormMistake(name, f"{whole} is not what the lines add up to, {sum(parts)}")
    if help_taken_away != told.help_taken_away:
        wrong = f"{help_taken_away} is not total_without_help less total, {told.help_taken_away}"
        raise FormMistake("help_taken_away", wrong)


def _keys(data: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> None:
    if lacking := [key for key in allowed if key not in data]:
        raise FormMistake(place, f"it lacks {', '.join(lacking)}")
    if spare := [str(key) for key in data if key not in allowed]:
        raise FormMistake(place, f"it has {', '.join(spare)}, which this form does not know")


def _missing(row: object, place: str) -> tuple[str, Missing]:
    if not isinstance(row, Mapping):
        raise FormMistake(place, f"{row!r} is not an object")
    _keys(row, ("question", "why"), place)
    why = row["why"]
    if not isinstance(why, str) or why not in WHY:
        raise FormMistake(f"{place}.why", f"{why!r} is none of {', '.join(WHY)}")
    return _text(row["question"], f"{place}.question"), WHY[why]


def _rows(kind: type[Row], rows: object, place: str) -> tuple[Row, ...]:
    readers = _readers(kind)
    return tuple(_row(kind, readers, row, where) for row, where in _list(rows, place))


def _row(kind: type[Row], readers: Mapping[str, "Reader"], row: object, place: str) -> Row:
    if not isinstance(row, Mapping):
        raise FormMistake(place, f"{row!r} is not an object")
    _keys(row, tuple(readers), place)
    return kind(*(read(row[name], f"{place}.{name}") for name, read in readers.items()))


def _readers(kind: type[NamedTuple]) -> dict[str, "Reader"]:
    return {name: READERS[hint] for name, hint in get_type_hints(kind).items()}


def _list(rows: object, place: str) -> list[tuple[object, str]]:
    if not isinstance(rows, list):
        raise FormMistake(place, f"{rows!r} is not a list")
    return [(row, f"{place}[{number}]") for number, row in enumerate(rows)]


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise FormMistake(place, f"{value!r} is not text")
    return value


def _texts(value: object, place: str) -> tuple[str, ...]:
    return tuple(_text(each, where) for each, where in _list(value, place))


def _pairs(value: object, place: str) -> tuple[tuple[str, str], ...]:
    pairs = [_texts(each, where) for each, where in _list(value, place)]
    if wrong := [pair for pair in pairs if len(pair) != 2]:
        raise FormMistake(place, f"{list(wrong[0])} is not a pair of a name and a value")
    return tuple([(name, said) for name, said in pairs])


def _pence(value: object, place: str) -> int:
    if type(value) is not int:
        raise FormMistake(place, f"{value!r} is not a whole number of pence")
    return value


def _pence_or_none(value: object, place: str) -> int | None:
    return None if value is None else _pence(value, place)


def _exact(value: object, place: str) -> Value:
    match = EXACT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise FormMistake(place, f"{value!r} is not an exact number in text, like '210' or '7/2'")
    above = int(match["above"])
    return Fraction(above, int(match["below"])) if match["below"] else above


def _fraction(value: object, place: str) -> Fraction:
    return Fraction(_exact(value, place))


Reader = Callable[[object, str], Any]
READERS: Mapping[Any, Reader] = {
    str: _text,
    int: _pence,
    Value: _exact,
    Fraction: _fraction,
    tuple[str, ...]: _texts,
    tuple[tuple[str, str], ...]: _pairs,
}
"""How each type of field is read."""
