"""Files that are odd but sound: each is read as a person would read it."""

from datetime import date
from io import BytesIO

import pytest

from wherewithal.banking.statements import (
    Line,
    Statement,
    StatementError,
    format_of,
    packaged_layout,
    preview,
    read_layout,
    read_statement,
)

HEAD = "Date,Type,Description,Paid out,Paid in,Balance\n"
ROWS = (
    "06/04/2026,BGC,COUNCIL DIRECT PAYMENT,,400.00,1400.00\n"
    "07/04/2026,DD,SUNRISE HOME CARE,120.50,,1279.50\n"
    "08/04/2026,DEB,MOBILITY HUB,15.25,,1264.25\n"
)
PENCE = [40_000, -12_050, -1_525]


def read(text: str | bytes) -> tuple[Statement, list[Line]]:
    data = text.encode() if isinstance(text, str) else text
    statement = read_statement(BytesIO(data), name="file")
    return statement, list(statement.lines)


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + ROWS).encode(),
        (HEAD + ROWS).encode("utf-8-sig"),
        (HEAD + ROWS).encode("utf-16"),
        (HEAD + ROWS).replace("\n", "\r\n").encode(),
        (HEAD + ROWS).replace("\n", "\r").encode(),
        (HEAD + ROWS).rstrip().encode(),
        (HEAD + ROWS).replace(",", ";").encode(),
        (HEAD + ROWS).replace(",", "\t").encode(),
        (HEAD + ROWS).upper().encode(),
        (HEAD + ROWS).replace("\n", "\n\n,,,,,\n").encode(),
        ("Account name: A Person\nBalance: £1264.25\n\n" + HEAD + ROWS).encode(),
        (HEAD + ROWS + "\nTotal,,,135.75,400.00,\nEnd of statement\n").encode(),
        (HEAD + ROWS + ",,Closing balance,,,1264.25\n").encode(),
        (HEAD + ROWS.replace(".00", ".0").replace("120.50", "£120.5")).encode("cp1252"),
        (HEAD + ROWS.replace("DD,SUNRISE", '=1+1,"SUN\nRISE')
         .replace("HOME CARE,", 'HOME CARE",')).encode(),
    ],
)  # fmt: skip
def test_a_sound_file_is_read_whatever_a_bank_or_a_spreadsheet_did_to_its_dress(
    data: bytes,
) -> None:
    statement, lines = read(data)
    assert [line.pence for line in lines] == PENCE
    assert (statement.opening, statement.closing) == (100_000, 126_425)
    assert statement.sums("").net == sum(PENCE)


def test_what_looks_like_a_formula_is_text() -> None:
    text = HEAD + '06/04/2026,+DEB,"=HYPERLINK(""http://x"",""y"")",1.00,,\n'
    assert read(text)[1][0].payee == '=HYPERLINK("http://x","y")'


def test_lines_know_the_line_of_the_file_they_begin_on() -> None:
    text = HEAD + ROWS.replace("SUNRISE HOME", '"SUNRISE\nHOME').replace("CARE,", 'CARE",')
    assert [line.place for line in read(text)[1]] == [2, 3, 5]


def test_dates_out_of_order_are_read_and_noted() -> None:
    text = HEAD + "08/04/2026,A,B,1.00,,\n06/04/2026,A,B,1.00,,\n07/04/2026,A,B,1.00,,\n"
    statement, lines = read(text)
    assert len(lines) == 3
    assert "The dates are not in order. Every line was read as it stands." in statement.notes
    assert (statement.sums("").first, statement.sums("").last) == (
        date(2026, 4, 6),
        date(2026, 4, 8),
    )


def test_balances_printed_only_now_and_then_are_still_held_to() -> None:
    sparse = ROWS.replace("1400.00", "").replace("1279.50", "")
    statement, _ = read(HEAD + sparse)
    assert (statement.opening, statement.closing) == (100_000, 126_425)
    more = sparse + "09/04/2026,DEB,SHOP,1.00,,\n10/04/2026,DEB,SHOP,1.00,,1262.25\n"
    assert read(HEAD + more)[0].closing == 126_225
    with pytest.raises(StatementError, match=r"line 6, column “balance”: “£1,262.26”"):
        read(HEAD + more.replace("1262.25", "1262.26"))


@pytest.mark.parametrize("payee", ["TOTAL ENERGIES", "Balance Care Ltd", "End Street Shop"])
def test_a_payment_without_a_date_is_refused_and_never_taken_for_a_total(payee: str) -> None:
    with pytest.raises(StatementError, match=r"line 5, column “Date”: There is no date"):
        read(HEAD + ROWS + f",DEB,{payee},10.00,,\n")


def test_balances_brought_and_carried_forward_are_no_payments() -> None:
    bare = ROWS.replace("1400.00", "").replace("1279.50", "").replace("1264.25", "")
    rows = f"05/04/2026,,Balance brought forward,,,1000.00\n{bare}"
    statement, lines = read(HEAD + rows + "08/04/2026,,Balance carried forward,,,1264.25\n")
    assert [line.pence for line in lines] == PENCE
    assert (statement.opening, statement.closing) == (100_000, 126_425)


def test_lines_of_nothing_are_left_out_and_noted() -> None:
    statement, lines = read(HEAD + "06/04/2026,A,Interest,0.00,,\n" + ROWS)
    assert [line.pence for line in lines] == PENCE
    assert "Lines of £0.00 move no money and were left out." in statement.notes


def test_a_file_of_several_cards_is_held_to_each_card_s_own_balance() -> None:
    text = (
        "Transaction Date,Card Reference,Transaction Type,Merchant,Description,Amount,Balance\n"
        "06/04/2026,DP-1,LOAD,Council,Load,100.00,100.00\n"
        "06/04/2026,DP-2,LOAD,Council,Load,200.00,250.00\n"
        "07/04/2026,DP-1,POS,Shop,Rail,-15.25,84.75\n"
        "07/04/2026,DP-2,POS,Shop,Rail,-50.00,200.00\n"
    )
    statement, lines = read(text)
    assert [line.account for line in lines] == ["DP-1", "DP-2", "DP-1", "DP-2"]
    assert statement.account == ""
    assert statement.closing is None
    assert statement.accounts["DP-2"].opening == 5_000
    assert statement.accounts["DP-2"].closing == 20_000
    with pytest.raises(StatementError, match="line 5"):
        read(text.replace("200.00\n", "200.01\n"))


def test_an_ofx_balance_of_a_later_day_proves_nothing_and_is_noted() -> None:
    text = (
        "OFXHEADER:100\n<OFX><STMTRS><CURDEF>GBP<BANKACCTFROM><BANKID>123456<ACCTID>12345678"
        "</BANKACCTFROM><BANKTRANLIST><DTEND>20260430\n<STMTTRN><DTPOSTED>20260406<TRNAMT>-1,50"
        "<FITID>9<NAME>A &amp; B<MEMO><![CDATA[<rent>]]></STMTTRN></BANKTRANLIST>"
        "<LEDGERBAL><BALAMT>7.00<DTASOF>20260502</LEDGERBAL>"
        "<AVAILBAL><BALAMT>9.00<DTASOF>20260430</AVAILBAL></STMTRS></OFX>"
    )
    statement, (line,) = read(text)
    assert statement.closing is None
    assert "is of 02 May 2026, after its last line" in statement.notes[0]
    assert (line.pence, line.payee, line.text) == (-150, "A & B", "A & B <rent>")
    assert read(text.replace("20260502", "20260430"))[0].closing == 700


@pytest.mark.parametrize(
    ("details", "payee", "text"),
    [
        (":86:166?00CREDIT?20Invoice 12?21May?32A PERSON?33LTD", "A PERSON LTD", "Invoice 12 May"),
        (":86:/TRTP/BGC/NAME/A PERSON/REMI/Invoice 12", "A PERSON",
         "/TRTP/BGC/NAME/A PERSON/REMI/Invoice 12"),
        (":86:A PERSON\nINVOICE 12", "A PERSON", "A PERSON INVOICE 12"),
        ("SUPPLEMENT", "SUPPLEMENT", "SUPPLEMENT"),
        (None, "OWNREF", "OWNREF"),
    ],
)  # fmt: skip
def test_mt940_says_who_was_paid_in_whichever_way_the_bank_does(
    details: str | None, payee: str, text: str
) -> None:
    more = f"{details}\n" if details else ""
    file = (
        "{1:F01BANKGB2LXXXX0000000000}{2:O940}{4:\n:20:1\n:25:123456/12345678\n:28C:1/1\n"
        f":60F:C251231GBP10,\n:61:2512310102RC2,5NTRFOWNREF//BANKREF\n{more}"
        ":62F:C260102GBP7,50\n-}\n"
    )
    statement, (line,) = read(file)
    assert (line.payee, line.text, line.reference, line.kind) == (payee, text, "BANKREF", "TRF")
    assert (line.on, line.pence, line.place) == (date(2026, 1, 2), -250, 6)
    assert statement.account == "12-34-56 12345678"


def test_camt_entries_not_yet_booked_are_left_out_and_prefixes_do_not_matter() -> None:
    entry = (
        "<Ntry><Amt Ccy='GBP'>{}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>{}</Sts>"
        "<ValDt><DtTm>2026-04-06T09:00:00</DtTm></ValDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>"
        "<SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd><AddtlNtryInf>Rent</AddtlNtryInf></Ntry>"
    )
    file = (
        "<Document><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>12345612345678</Id></Othr></Id></Acct>"
        f"{entry.format('5', 'PDNG')}{entry.format('7.5', 'BOOK')}"
        "</Stmt></BkToCstmrStmt></Document>"
    )
    prefixed = (
        file.replace("<", "<n:")
        .replace("<n:/", "</n:")
        .replace("<n:Document", "<n:Document xmlns:n='urn:x'", 1)
    )
    for each in (file, prefixed):
        statement, (line,) = read(each)
        assert (line.pence, line.on, line.kind) == (-750, date(2026, 4, 6), "PMNT-DMCT")
        assert (line.payee, line.account) == ("Rent", "12-34-56 12345678")
        assert statement.notes == ["Entries that are not booked yet were left out."]


def test_a_preview_shows_the_first_lines_the_sums_and_the_mistake() -> None:
    layout = packaged_layout("personal")
    shown = preview(BytesIO((HEAD + ROWS).encode()), layout, most=2)
    assert [line.pence for line in shown.lines] == PENCE[:2]
    assert (shown.accounts[""].lines, shown.accounts[""].closing) == (3, 126_425)
    assert shown.mistake is None
    broken = preview(BytesIO((HEAD + ROWS + "x").encode()), layout, name="april.csv")
    assert str(broken.mistake).startswith("april.csv, line 5: This line has 1 columns")
    plus = read_layout({"code": "a", "bank": "A", "date": "Date", "amount": "Paid out",
                        "out_is": "plus", "text": ["Description"]})  # fmt: skip
    assert preview(BytesIO((HEAD + ROWS).encode()), plus).mistake is not None


def test_the_format_is_told_from_the_bytes_and_not_the_name() -> None:
    for text, form in (
        (b"\xef\xbb\xbf<?xml version='1.0'?><Document/>", "camt.053"),
        (b"<?xml version='1.0'?>\n<?OFX OFXHEADER='200'?><OFX>", "ofx"),
        (b"\r\n:20:1\r\n:25:2\r\n", "mt940"),
        (b"{1:F01}{2:O940}{4:\n:20:1\n", "mt940"),
        (b"Date,Amount\n", "csv"),
    ):
        assert format_of(BytesIO(text)) == form
