"""What is written to a statement file of any format is what is read from it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.statement_files import (
    ACCOUNT,
    as_camt053,
    as_csv,
    as_mt940,
    as_ofx,
    made_up_lines,
)

from wherewithal.banking.statements import (
    Layout,
    Line,
    StatementError,
    first_rows,
    guess_map,
    layout_document,
    packaged_layouts,
    preview,
    read_layout,
    read_statement,
    recognise_layout,
)

LAYOUTS = packaged_layouts()
WORDS = st.text(st.sampled_from("ABCXYZabcxyz019 .,'\"&<>=+@£é-()"), min_size=1, max_size=24).map(
    lambda text: f"x {' '.join(text.split())}".strip()
)


@st.composite
def statements(draw: st.DrawFn) -> tuple[int, list[Line]]:
    """Draw an opening balance and lines that follow from it, from old to new."""
    opening = balance = draw(st.integers(-500_000, 500_000))
    day, lines = date(2026, 4, 6), []
    for number in range(draw(st.integers(1, 8))):
        day += timedelta(days=draw(st.integers(0, 40)))
        pence = draw(st.integers(-9_999_999, 9_999_999).filter(bool))
        balance += pence
        payee, more = draw(WORDS), f"ref {draw(WORDS)}"
        lines.append(
            Line(day, pence, payee, f"{payee} {more}", draw(st.sampled_from(["DEB", "BGC"])),
                 balance, number + 1, ACCOUNT, f"R{number}")
        )  # fmt: skip
    return opening, lines


def told(line: Line) -> tuple[object, ...]:
    return (line.on, line.pence, line.payee, line.text, line.kind, line.reference, line.account)


def read(data: bytes, layout: Layout | None = None) -> tuple[list[Line], int | None, int | None]:
    statement = read_statement(BytesIO(data), layout=layout)
    return list(statement.lines), statement.opening, statement.closing


def refusal(data: bytes) -> StatementError | None:
    try:
        list(read_statement(BytesIO(data)).lines)
    except StatementError as mistake:
        return mistake
    return None


@given(statements())
@pytest.mark.parametrize("version", [1, 2])
def test_ofx_reads_back(version: int, drawn: tuple[int, list[Line]]) -> None:
    _, lines = drawn
    found, opening, closing = read(as_ofx(lines, version=version, closing=lines[-1].balance))
    assert list(map(told, found)) == list(map(told, lines))
    assert (opening, closing) == (None, lines[-1].balance)


@given(statements())
def test_mt940_reads_back(drawn: tuple[int, list[Line]]) -> None:
    opening, lines = drawn
    found = read(as_mt940(lines, opening))
    assert list(map(told, found[0])) == list(map(told, lines))
    assert found[1:] == (opening, lines[-1].balance)


@given(statements())
@pytest.mark.parametrize("version", ["02", "08"])
def test_camt053_reads_back(version: str, drawn: tuple[int, list[Line]]) -> None:
    opening, lines = drawn
    found = read(as_camt053(lines, opening, version=version))
    assert list(map(told, found[0])) == list(map(told, lines))
    assert found[1:] == (opening, lines[-1].balance)


@given(statements())
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_csv_reads_back_by_every_layout(layout: Layout, drawn: tuple[int, list[Line]]) -> None:
    opening, lines = drawn
    found = read(as_csv(lines, layout), layout)
    assert [(line.on, line.pence, line.text) for line in found[0]] == [
        (line.on, line.pence, line.text) for line in lines
    ]
    if layout.payee:
        assert [line.payee for line in found[0]] == [line.payee for line in lines]
    if layout.account:
        assert {line.account for line in found[0]} == {ACCOUNT}
    expected = (opening, lines[-1].balance) if layout.balance else (None, None)
    assert found[1:] == expected


@given(statements())
def test_a_statement_from_new_to_old_comes_to_the_same(drawn: tuple[int, list[Line]]) -> None:
    opening, lines = drawn
    layout = LAYOUTS[0]
    found = read(as_csv(lines[::-1], layout), layout)
    if len({line.on for line in lines}) > 1:
        assert found[1:] == (opening, lines[-1].balance)
    assert sorted(line.pence for line in found[0]) == sorted(line.pence for line in lines)


@given(statements(), st.data())
def test_a_line_left_out_never_goes_unseen(
    drawn: tuple[int, list[Line]], data: st.DataObject
) -> None:
    opening, lines = drawn
    gone = data.draw(st.integers(0, len(lines) - 1))
    fewer = lines[:gone] + lines[gone + 1 :]
    text = as_camt053(lines, opening).decode()
    start = [at for at in range(len(text)) if text.startswith("<Ntry>", at)][gone]
    end = text.index("</Ntry>", start) + len("</Ntry>")
    with pytest.raises(StatementError):
        read((text[:start] + text[end:]).encode())
    if 0 < gone < len(lines) - 1:
        with pytest.raises(StatementError):
            read(as_csv(fewer, LAYOUTS[0]), LAYOUTS[0])


@given(statements(), st.data())
@pytest.mark.parametrize("form", ["csv", "ofx", "mt940", "camt.053"])
def test_a_file_cut_short_is_refused_or_short_by_whole_lines_only(
    form: str, drawn: tuple[int, list[Line]], data: st.DataObject
) -> None:
    opening, lines = drawn
    whole = {
        "csv": lambda: as_csv(lines, LAYOUTS[0]),
        "ofx": lambda: as_ofx(lines),
        "mt940": lambda: as_mt940(lines, opening),
        "camt.053": lambda: as_camt053(lines, opening),
    }[form]()
    cut = whole[: data.draw(st.integers(0, len(whole) - 3))]
    try:
        found = read(cut, LAYOUTS[0] if form == "csv" else None)[0]
    except StatementError:
        return
    assert form in {"csv", "mt940"}  # whose ends look like any other line's
    pence = [line.pence for line in lines]
    assert [line.pence for line in found] == pence[: len(found)]


@given(st.binary(max_size=400))
def test_whatever_the_bytes_a_file_is_read_or_refused_in_words(data: bytes) -> None:
    for head in (b"", b"OFXHEADER:100\n<OFX>", b":20:1\n", b"<?xml version='1.0'?><Document>"):
        refused = refusal(head + data)
        if refused is not None:
            assert refused.wrong.endswith(".")
            assert refused.mend.endswith(".")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_each_bank_is_recognised_by_its_own_file(layout: Layout) -> None:
    data = BytesIO(as_csv(made_up_lines(20), layout))
    assert recognise_layout(data).code == layout.code
    assert read_layout(layout_document(layout)) == layout


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_a_map_is_guessed_that_reads_the_same_lines(layout: Layout) -> None:
    lines = made_up_lines(20)
    data = BytesIO(as_csv(lines, layout))
    rows, delimiter, encoding = first_rows(data)
    guesses = guess_map(rows, delimiter=delimiter, encoding=encoding)
    assert guesses
    assert all(guess.proved for guess in guesses) == (layout.balance is not None)
    shown = [preview(data, guess.layout, most=100) for guess in guesses]
    assert all(each.mistake is None for each in shown)
    assert [(line.on, line.pence) for line in lines] in [
        [(line.on, line.pence) for line in each.lines] for each in shown
    ]
