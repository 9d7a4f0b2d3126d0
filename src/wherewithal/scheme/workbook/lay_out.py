"""Lay a scheme's document out in rows of sheets, and say nothing twice."""

from collections.abc import Iterator, Mapping, Sequence

from wherewithal.scheme.document.emit import Bare, Comments, Pairs, Part
from wherewithal.scheme.mistakes import Path
from wherewithal.scheme.workbook.sheets import ABOUT, BETWEEN, BY_NAME, EMPTY, MONEY, TABLES

Row = Mapping[str, str]
Rows = Mapping[str, Sequence[Row]]


def lay_out(document: Pairs, comments: Comments) -> Rows:
    """Return the rows of every sheet by its name; each row maps a column to its text."""
    whole = dict(document)
    steps = [(code, _pairs(part)) for code, part in _pairs(whole.get("steps", ()))]
    questions = [(code, _pairs(part)) for code, part in _pairs(whole["questions"])]
    beside, apart = _amounts(questions, steps)
    rows = {
        "About": list(_about(whole)),
        "Sources": _plain(whole["sources"]),
        "Sections": _plain(whole["sections"]),
        "Prices": list(_prices(_pairs(whole.get("prices", ())))),
        "Questions": [_question(code, pairs) for code, pairs in questions],
        "Options": list(_options(questions, beside)),
        "Steps": [_step(code, pairs) for code, pairs in steps],
        "Parts": [row for code, pairs in steps for row in _parts(code, pairs, apart)],
        "Bands & curves": [row for code, pairs in steps for row in _table(code, pairs)],
        "Lines": _plain(whole.get("lines", ())),
        "Costed by hand": list(_by_hand(_items(whole.get("costed-by-hand", [])))),
        "Notes": [*_notes(comments.above, "above"), *_notes(comments.beside, "beside")],
    }
    assert [*rows] == [*BY_NAME]  # noqa: S101  # every sheet is laid out, in order
    return rows


def _pairs(part: Part) -> Pairs:
    return part if isinstance(part, tuple) else ()


def _items(part: Part) -> list[Part]:
    return part if isinstance(part, list) else []


def _cell(part: Part) -> str:
    """Return what stands in one cell; a text that says nothing is still there."""
    if isinstance(part, list):
        return ", ".join(str(each) for each in part)
    return (part or EMPTY) if isinstance(part, str) else ""


def _column(key: str) -> str:
    return key.replace("-", " ")


def _about(whole: Mapping[str, Part]) -> Iterator[Row]:
    money = dict(_pairs(whole["money"]))
    for name, (meaning, _) in ABOUT.items():
        part = money.get(name, "") if name in MONEY else whole.get(name)
        yield {"what": name, "value": "" if part is None else _cell(part), "meaning": meaning}


def _plain(part: Part) -> list[Row]:
    return [
        {"code": code, **{_column(key): _cell(each) for key, each in _pairs(pairs)}}
        for code, pairs in _pairs(part)
    ]


def _prices(prices: Pairs) -> Iterator[Row]:
    """Give each time of day a row of its own."""
    for code, part in prices:
        pairs = dict(_pairs(part))
        label, source, hourly = str(pairs["label"]), _cell(pairs["source"]), pairs["hourly"]
        if isinstance(hourly, str):
            yield {"code": code, "label": _cell(label), "hourly": hourly, "source": source}
        for time, rate in _pairs(hourly):
            name = f"{label}, {time}"
            yield {"code": f"{code}.{time}", "label": name, "hourly": _cell(rate), "source": source}


def _question(code: str, pairs: Pairs) -> Row:
    row = {"code": code}
    for key, part in pairs:
        if key == "adds":
            row |= {f"adds {name}": _cell(each) for name, each in _pairs(part)}
        elif key != "options":
            row[_column(key)] = _cell(part)
    return row


Beside = Mapping[str, Sequence[tuple[str, Mapping[str, Part]]]]


def _amounts(
    questions: Sequence[tuple[str, Pairs]], steps: Sequence[tuple[str, Pairs]]
) -> tuple[Beside, set[str]]:
    """Return which amounts stand beside the options of each question, and which steps' cannot."""
    orders = {
        code: [option for option, _ in _pairs(dict(pairs).get("options", ()))]
        for code, pairs in questions
    }
    beside: dict[str, list[tuple[str, Mapping[str, Part]]]] = {code: [] for code in orders}
    apart = set()
    for code, pairs in steps:
        step = dict(pairs)
        if step["kind"] == "choice":
            question, amounts = str(step["question"]), dict(_pairs(step["amounts"]))
            if orders[question] == [*amounts]:
                beside[question].append((code, amounts))
            else:
                apart.add(code)
    return beside, apart


def _options(questions: Sequence[tuple[str, Pairs]], beside: Beside) -> Iterator[Row]:
    for question, pairs in questions:
        for code, part in _pairs(dict(pairs).get("options", ())):
            row = {"question": question, "code": code}
            row |= {_column(key): _cell(each) for key, each in _pairs(part)}
            for number, (step, amounts) in enumerate(beside[question], start=1):
                row |= {f"step {number}": step, f"amount {number}": _cell(amounts[code])}
            yield row


def _step(code: str, pairs: Pairs) -> Row:
    elsewhere = {"amounts", *TABLES.values()}
    cells = {
        _column(key): _cell(part)
        for key, part in pairs
        if key not in elsewhere and not isinstance(part, tuple)
    }
    return {"code": code, **cells}


def _parts(code: str, pairs: Pairs, apart: set[str]) -> Iterator[Row]:
    for key, part in pairs:
        if isinstance(part, tuple) and (key != "amounts" or code in apart):
            for name, each in part:
                least = dict(each).get("at-least") if isinstance(each, tuple) else None
                value = _cell(each) if least is None else f"at least {least}"
                yield {"step": code, "part": name, "value": _number(each, value)}


def _number(part: Part, text: str) -> str:
    return Bare(text) if isinstance(part, Bare) else text


def _table(code: str, pairs: Pairs) -> Iterator[Row]:
    for item in _items(dict(pairs).get(TABLES.get(str(dict(pairs)["kind"]), ""), [])):
        if isinstance(item, tuple):
            yield {"step": code, **{key: _cell(part) for key, part in item}}
        else:
            first, second = (_cell(part) for part in _items(item))
            yield {"step": code, "from": first, "amount": second}


def _by_hand(rules: Sequence[Part]) -> Iterator[Row]:
    for number, rule in enumerate(rules, start=1):
        pairs = dict(_pairs(rule))
        conditions = _pairs(pairs.pop("when", ()))
        row = {"rule": Bare(str(number)), **{_column(k): _cell(part) for k, part in pairs.items()}}
        for question, part in conditions:
            yield row | {"question": question, **_answers(part)}
            row = {"rule": Bare(str(number))}
        if not conditions:
            yield row


def _answers(part: Part) -> Row:
    if isinstance(part, tuple):
        return {"at least": _cell(dict(part)["at-least"])}
    return {"answers": _cell(part)}


def _notes(said: Mapping[Path, str], where: str) -> Iterator[Row]:
    for path, text in said.items():
        yield {"place": BETWEEN.join(path) or EMPTY, "where": where, "note": text or EMPTY}
