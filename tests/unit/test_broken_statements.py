"""One broken file for each kind of mistake: the line, column, value and mend are named."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from wherewithal.banking.statements import StatementError, read_layout, read_statement

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (HERE / "broken_statements.yaml").read_text(encoding="utf-8")
)
BROKEN = sorted((HERE / "broken_statements").iterdir())


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_a_broken_statement_says_where_and_how_to_mend_it(path: Path) -> None:
    with path.open("rb") as data, pytest.raises(StatementError) as refused:
        list(read_statement(data, name=path.name).lines)
    mistake = refused.value
    assert EXPECTED[path.name] == {
        "line": mistake.place,
        "column": mistake.column,
        "value": mistake.value,
        "wrong": mistake.wrong,
        "mend": mistake.mend,
    }
    assert str(mistake).startswith(path.name)
    assert str(mistake).endswith(mistake.mend)


def test_every_broken_statement_has_its_mistake_written_down() -> None:
    assert {path.name for path in BROKEN} == set(EXPECTED)
    assert len(BROKEN) > 80


@pytest.mark.parametrize(
    ("begin", "middle", "most", "wrong"),
    [
        ("Date,Type,Description,Paid out,Paid in,Balance\n06/04/2026,DD,", "S", 600_000, "65,536"),
        ("OFXHEADER:100\n<OFX><STMTRS>", "x", 600_000, "very long piece"),
        (":20:1\n:25:1\n:60F:C260406GBP1,00\n:86:", "x", 600_000, "65,536"),
        ("<Document><BkToCstmrStmt><Stmt><Ntry><Ustrd>", "x", 5_000_000, "very long text"),
        ("<Document><BkToCstmrStmt><Stmt><Ntry>", "<a>", 600_000, "a very deep one"),
        ("<Document>", "<a>", 600_000, "a very deep one"),
    ],
)
def test_an_endless_piece_is_refused_long_before_it_is_all_in_memory(
    begin: str, middle: str, most: int, wrong: str
) -> None:
    data = BytesIO((begin + middle * 10_000_000).encode())
    reads = []

    def counting(size: int = -1, *, read: Callable[[int], bytes] = data.read) -> bytes:
        reads.append(len(found := read(size)))
        return found

    with pytest.raises(StatementError, match=wrong) as refused:
        _read_with(data, counting, reads)
    assert sum(reads) < most
    assert refused.value.place > 0


def _read_with(data: BytesIO, counting: Callable[[int], bytes], reads: list[int]) -> None:
    class Slow(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return counting(-1 if size is None else size)

        def seek(self, at: int, whence: int = 0, /) -> int:
            reads.clear()
            return data.seek(at, whence)

    list(read_statement(Slow()).lines)


def test_a_file_with_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wherewithal.banking.statements.statement.MOST_LINES", 2)
    text = "Date,Type,Description,Paid out,Paid in,Balance\n" + "06/04/2026,DD,SHOP,1.00,,\n" * 3
    with pytest.raises(StatementError, match=r"line 4: This file has more than 2 lines"):
        list(read_statement(BytesIO(text.encode()), name="many.csv").lines)


def test_a_direction_that_is_neither_in_nor_out_is_refused() -> None:
    layout = read_layout(
        {"code": "a", "bank": "A", "date": 1, "amount": 2, "direction": 3, "text": [4]}
    )
    good = BytesIO(b"06/04/2026,1.00,DR,Shop\n07/04/2026,2.00,CR,Council\n")
    assert [line.pence for line in read_statement(good, layout=layout).lines] == [-100, 200]
    bad = BytesIO(b"06/04/2026,1.00,XX,Shop\n")
    with pytest.raises(StatementError, match="column “3”: “XX”: This does not say whether"):
        list(read_statement(bad, layout=layout).lines)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"amount": None}, "choose one column for the amount"),
        ({"paid_out": "Out"}, "choose one column for the amount"),
        ({"text": []}, "says who or what"),
        ({"balance": 3}, "by its heading, or all by numbers"),
        ({"date": 0, "amount": 1, "text": [2]}, "counted from 1"),
        ({"out_is": "red"}, "out_is"),
        ({"date_format": "dd/mm"}, "no form of a date"),
        ({"colour": "red"}, "has no 'colour'"),
    ],
)
def test_a_column_map_that_makes_no_sense_is_refused(change: dict[str, Any], message: str) -> None:
    sound = {"code": "a", "bank": "A", "date": "Date", "amount": "Sum", "text": ["Text"]}
    assert read_layout(sound).amount == "Sum"
    with pytest.raises(ValueError, match=message):
        read_layout({**sound, **change})
