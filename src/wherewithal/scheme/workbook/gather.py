"""Gather the rows of a workbook into a scheme's document, and remember where each part stood."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from wherewithal.scheme.document.emit import Comments, Pairs, Part
from wherewithal.scheme.document.write import of_question
from wherewithal.scheme.mistakes import Mistake, Path
from wherewithal.scheme.workbook.read import Book, SheetRow
from wherewithal.scheme.workbook.sheets import ABOUT, BETWEEN, EMPTY, LISTED_STEPS, MONEY, TABLES

LONGEST = 100
AT_LEAST = re.compile(r"at least (\S+)", re.IGNORECASE)
WRITE = re.compile(r"Write `([\w-]+):` here(, with a number)?\.")

_ABOUT = frozenset(("money", name) if name in MONEY else (name,) for name in ABOUT)


@dataclass(slots=True)
class Gathered:
    """A document, the cell of every place in it, and what is wrong with rows and codes."""

    places: dict[Path, tuple[SheetRow, str]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    document: Pairs = ()
    comments: Comments = field(default_factory=Comments)

    def at(self, path: Path, row: SheetRow, column: str) -> None:
        """Remember where a place stands; a second place of one name is one `again`."""
        self.places[(*path, "again") if path in self.places else path] = (row, column)

    def refuse(self, row: SheetRow, column: str, mend: str) -> None:
        """Note a mistake in a cell."""
        found = row.cells.get(column, "")
        self.mistakes.append(Mistake(0, found, row.where(column), mend))

    def code(self, row: SheetRow, column: str, known: Iterable[str] | None = None) -> str:
        """Return a code that must be there, ``""`` where it can't be used, which is noted."""
        text = row.cells.get(column, "")
        if not text:
            self.refuse(row, column, "Fill in this cell, or clear the whole row.")
        elif len(text) > LONGEST:
            self.refuse(row, column, f"Use at most {LONGEST} letters.")
        elif known is not None and text not in (listed := list(known)):
            near = get_close_matches(text, listed, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(listed)}."
            self.refuse(row, column, f"There is no such {column}. {hint}")
        else:
            return text
        return ""


def gather(book: Book) -> Gathered:
    """Gather a document from the rows of a workbook."""
    found = Gathered()
    questions = _questions(found, book)
    parts: list[tuple[str, Part]] = [
        *_about(found, book["About"]),
        ("sources", _keyed(found, "sources", book["Sources"])),
        ("sections", _keyed(found, "sections", book["Sections"])),
        ("prices", _keyed(found, "prices", book["Prices"])),
        ("questions", questions),
        ("steps", _steps(found, book)),
        ("lines", _keyed(found, "lines", book["Lines"])),
        ("costed-by-hand", _by_hand(found, book["Costed by hand"])),
    ]
    needed = ("sources", "sections", "questions")
    found.document = tuple((key, part) for key, part in parts if part or key in needed)
    found.comments = _notes(found, book["Notes"])
    return found


def located(mistake: Mistake, found: Gathered, short: Sequence[str]) -> Mistake:
    """Return a mistake of the document with the cell that it stands in."""
    path, value, mend = of_question(mistake.path, short, short), mistake.value, mistake.mend
    if missing := WRITE.match(mend):
        path, value = (*path, missing[1]), ""
        mend = "Write a number here." if missing[2] else "Fill in this cell."
    elif path[2:] == ("amounts",) and mend.startswith("Give an amount"):
        path, value = (*path, value, "missing"), ""
    if missing and path in _ABOUT and path not in found.places:
        return Mistake(0, "", "sheet About", f"Put the row {path[-1]} back.", mistake.path)
    while path and path not in found.places:
        path = path[:-1]
    if not path:
        return replace(mistake, line=0)
    row, column = found.places[path]
    others = [name for name, text in row.cells.items() if value and text == value]
    if others and row.cells.get(column) != value:
        column = others[0]
    return Mistake(0, value, row.where(column), mend, mistake.path)


def _about(found: Gathered, rows: Sequence[SheetRow]) -> list[tuple[str, Part]]:
    pairs: list[tuple[str, Part]] = []
    money: list[tuple[str, Part]] = []
    for row in rows:
        name, text = found.code(row, "what", ABOUT), row.cells["value"]
        if not name:
            continue
        found.at(("money", name) if name in MONEY else (name,), row, "value")
        if text:
            (money if name in MONEY else pairs).append((name, _text(text)))
    return [*pairs, ("money", tuple(money))]


def _text(text: str) -> str:
    return "" if text == EMPTY else text


def _commas(text: str) -> list[Part]:
    return [part for each in text.split(",") if (part := each.strip())]


def _fields(
    found: Gathered, path: Path, row: SheetRow, skip: Sequence[str]
) -> list[tuple[str, Part]]:
    """Return what stands in the cells of a row, by the names the document has for its columns."""
    pairs: list[tuple[str, Part]] = []
    for column, text in row.cells.items():
        if column in skip:
            continue
        key = column.replace(" ", "-")
        found.places.setdefault((*path, key), (row, column))
        if text:
            pairs.append((key, _commas(text) if key == "needs" else _text(text)))
    return pairs


def _keyed(found: Gathered, name: str, rows: Sequence[SheetRow]) -> Pairs:
    entries: list[tuple[str, Part]] = []
    for row in rows:
        if code := found.code(row, "code"):
            found.at((name, code), row, "code")
            entries.append((code, tuple(_fields(found, (name, code), row, ("code",)))))
    return tuple(entries)


def _questions(found: Gathered, book: Book) -> Pairs:
    options = _options(found, book)
    entries: list[tuple[str, Part]] = []
    adds = ("adds unit", "adds price", "adds source")
    for row in book["Questions"]:
        if code := found.code(row, "code"):
            path = ("questions", code)
            found.at(path, row, "code")
            fields = _fields(found, path, row, ("code", *adds))
            for column in adds:
                found.places.setdefault((*path, "adds", column[5:]), (row, column))
            added: Pairs = tuple((name[5:], row.cells[name]) for name in adds if row.cells[name])
            fields += [("adds", added)] if added else []
            fields += [("options", tuple(options[code]))] if code in options else []
            entries.append((code, tuple(fields)))
    return tuple(entries)


def _options(found: Gathered, book: Book) -> dict[str, list[tuple[str, Part]]]:
    codes = [row.cells["code"] for row in book["Questions"]]
    options: dict[str, list[tuple[str, Part]]] = {}
    for row in book["Options"]:
        further = [name for name in row.cells if name.split()[0] in ("step", "amount")]
        question, code = found.code(row, "question", codes), found.code(row, "code")
        if question and code:
            path = ("questions", question, "options", code)
            found.at(path, row, "code")
            pairs = tuple(_fields(found, path, row, ["question", "code", *further]))
            options.setdefault(question, []).append((code, pairs))
    return options


def _steps(found: Gathered, book: Book) -> Pairs:
    rows = [(code, row) for row in book["Steps"] if (code := found.code(row, "code"))]
    kinds = {code: row.cells["kind"] for code, row in rows}
    amounts = _amounts(found, book["Options"], kinds)
    parts = _parts(found, book["Parts"], kinds)
    tables = _tables(found, book["Bands & curves"], kinds)
    entries: list[tuple[str, Part]] = []
    for code, row in rows:
        path, kind = ("steps", code), kinds[code]
        found.at(path, row, "code")
        pairs = _fields(found, path, row, ("code",))
        if kind in LISTED_STEPS:
            pairs = [(k, _commas(str(p))) if k == "of" else (k, p) for k, p in pairs]
        elsewhere = [(TABLES.get(kind, ""), list(tables.get(code, [])))]
        pairs += [(key, part) for key, part in elsewhere if part]
        if code in parts:
            pairs.append(("amounts" if kind == "choice" else "of", tuple(parts[code])))
        if code in amounts:
            pairs.append(("amounts", tuple(amounts[code])))
        entries.append((code, tuple(pairs)))
    return tuple(entries)


def _amounts(
    found: Gathered, rows: Sequence[SheetRow], kinds: dict[str, str]
) -> dict[str, list[tuple[str, Part]]]:
    """Return the amounts that stand beside the options, by their steps."""
    amounts: dict[str, list[tuple[str, Part]]] = {}
    choices = [code for code, kind in kinds.items() if kind == "choice"]
    for row in rows:
        for column in [name for name in row.cells if name.startswith("step ")]:
            beside, option = column.replace("step", "amount"), row.cells["code"]
            amount = row.cells.get(beside, "")
            if not (row.cells[column] or amount) or not option:
                continue
            if not (step := found.code(row, column, choices)):
                continue
            path = ("steps", step, "amounts", option)
            found.at(path, row, beside)
            if amount:
                amounts.setdefault(step, []).append((option, amount))
            else:
                found.refuse(row, beside, f"Write the amount for {option} in {step} here.")
    return amounts


def _parts(
    found: Gathered, rows: Sequence[SheetRow], kinds: dict[str, str]
) -> dict[str, list[tuple[str, Part]]]:
    parts: dict[str, list[tuple[str, Part]]] = {}
    made = [code for code, kind in kinds.items() if kind in ("sum", "pick", "count", "choice")]
    for row in rows:
        step, part = found.code(row, "step", made), found.code(row, "part")
        if not (step and part):
            continue
        text = row.cells["value"]
        key = "amounts" if kinds[step] == "choice" else "of"
        found.at(("steps", step, key, part), row, "value")
        found.places.setdefault(("steps", step, key), (row, "part"))
        value: Part = text
        if kinds[step] == "count":
            least = AT_LEAST.fullmatch(text)
            value = (("at-least", least[1]),) if least else _commas(text)
        elif not text:
            found.refuse(row, "value", "Fill in this cell.")
            continue
        parts.setdefault(step, []).append((part, value))
    return parts


def _tables(
    found: Gathered, rows: Sequence[SheetRow], kinds: dict[str, str]
) -> dict[str, list[Part]]:
    tables: dict[str, list[Part]] = {}
    made = [code for code, kind in kinds.items() if kind in TABLES]
    for row in rows:
        if not (step := found.code(row, "step", made)):
            continue
        items = tables.setdefault(step, [])
        path = ("steps", step, TABLES[kinds[step]], str(len(items) + 1))
        found.at(path, row, "from")
        if kinds[step] == "bands":
            items.append(tuple(_fields(found, path, row, ("step",))))
            continue
        if row.cells["below"]:
            found.refuse(row, "below", "Only a band ends below a number. Clear this cell.")
        for column in ("from", "amount"):
            if not row.cells[column]:
                found.refuse(row, column, "Write a number here.")
        items.append([row.cells["from"] or "0", row.cells["amount"] or "0"])
    return tables


def _by_hand(found: Gathered, rows: Sequence[SheetRow]) -> list[Part]:
    numbers = list(dict.fromkeys(row.cells["rule"] for row in rows))
    rules: list[Part] = []
    for number in numbers:
        group = [row for row in rows if row.cells["rule"] == number]
        if not found.code(group[0], "rule"):
            continue
        path = ("costed-by-hand", str(len(rules) + 1))
        found.at(path, group[0], "because")
        conditions: list[tuple[str, Part]] = []
        fields: list[tuple[str, Part]] = []
        for row in group:
            fields += _fields(found, path, row, ("rule", "question", "answers", "at least"))
            conditions += _condition(found, path, row)
        when: Pairs = (("when", tuple(conditions)),) if conditions else ()
        rules.append((*fields, *when))
    return rules


def _condition(found: Gathered, path: Path, row: SheetRow) -> list[tuple[str, Part]]:
    question, answers, least = (row.cells[name] for name in ("question", "answers", "at least"))
    if not (question or answers or least):
        return []
    if not (code := found.code(row, "question")):
        return []
    if answers and least:
        found.refuse(row, "at least", "Name answers or a number, not both. Clear one cell.")
    found.places.setdefault((*path, "when", code), (row, "question"))
    found.places.setdefault((*path, code), (row, "at least" if least else "answers"))
    found.places.setdefault((*path, "when", code, "at-least"), (row, "at least"))
    return [(code, (("at-least", least),) if least else _commas(answers))]


def _notes(found: Gathered, rows: Sequence[SheetRow]) -> Comments:
    kept: dict[str, dict[Path, str]] = {"above": {}, "beside": {}}
    for row in rows:
        where, text = row.cells["where"].lower() or "above", row.cells["note"]
        if where not in kept:
            found.refuse(row, "where", "Write above or beside.")
            continue
        place = _text(row.cells["place"])
        path = tuple(part.strip() for part in place.split(BETWEEN.strip())) if place else ()
        said = kept[where]
        said[path] = f"{said[path]}\n{_text(text)}" if path in said else _text(text)
    return Comments(kept["above"], kept["beside"])
