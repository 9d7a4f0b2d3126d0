"""Files in which a bank answers: read with care, refused with a line and a mend."""

import tracemalloc
from datetime import date

import pytest

from wherewithal.banking import pain002, xml_tree
from wherewithal.banking.answers import AnswerError, Outcome, reasons, why
from wherewithal.banking.pain002 import read_pain002
from wherewithal.banking.returns_csv import COLUMNS, read_returns
from wherewithal.banking.xml_tree import read_tree

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
 <!ENTITY lol4 "&lol3;&lol3;&lol3;&lol3;&lol3;&lol3;&lol3;&lol3;&lol3;&lol3;">
 <!ENTITY lol5 "&lol4;&lol4;&lol4;&lol4;&lol4;&lol4;&lol4;&lol4;&lol4;&lol4;">
 <!ENTITY lol6 "&lol5;&lol5;&lol5;&lol5;&lol5;&lol5;&lol5;&lol5;&lol5;&lol5;">
 <!ENTITY lol7 "&lol6;&lol6;&lol6;&lol6;&lol6;&lol6;&lol6;&lol6;&lol6;&lol6;">
 <!ENTITY lol8 "&lol7;&lol7;&lol7;&lol7;&lol7;&lol7;&lol7;&lol7;&lol7;&lol7;">
 <!ENTITY lol9 "&lol8;&lol8;&lol8;&lol8;&lol8;&lol8;&lol8;&lol8;&lol8;&lol8;">
]>
<lolz>&lol9;</lolz>"""
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
ELSEWHERE = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd"><a/>'
QUADRATIC = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 50_000 + b'">]><a>' + b"&x;" * 5_000 + b"</a>"
HEAD = ",".join(COLUMNS).encode() + b"\n"


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, ELSEWHERE, QUADRATIC])
def test_a_file_that_could_do_harm_is_refused_before_it_is_expanded(content: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(AnswerError, match="document type"):
        read_tree(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000


def test_a_file_too_deep_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AnswerError, match="too deep"):
        read_tree(b"<a>" * 1000 + b"</a>" * 1000)
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 10)
    with pytest.raises(AnswerError, match="too long"):
        read_tree(b"<a>" + b"<b/>" * 20 + b"</a>")
    monkeypatch.setattr(xml_tree, "LARGEST", 10)
    with pytest.raises(AnswerError, match="has 17 bytes"):
        read_tree(b"<a>0123456789</a>")


def test_an_undefined_entity_is_a_mistake_with_its_line() -> None:
    with pytest.raises(AnswerError, match="Line 2: this is not XML"):
        read_tree(b"<a>\n&nothing;</a>")


def report(status: str, *, name: str = "WW-PAY-7", more: str = "") -> bytes:
    return (
        "<Document><CstmrPmtStsRpt><GrpHdr><CreDtTm>2026-11-13T09:00:00</CreDtTm></GrpHdr>\n"
        f"<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId>"
        f"<TxSts>{status}</TxSts>{more}</TxInfAndSts></OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt></Document>"
    ).encode()


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("ACSC", Outcome.ARRIVED), ("ACCC", Outcome.ARRIVED), ("RJCT", Outcome.CAME_BACK),
        ("CANC", Outcome.CAME_BACK), ("ACSP", Outcome.ON_ITS_WAY), ("PDNG", Outcome.ON_ITS_WAY),
    ],
)  # fmt: skip
def test_each_status_means_one_thing(status: str, outcome: Outcome) -> None:
    (answer,) = read_pain002(report(status))
    assert (answer.outcome, answer.name, answer.on) == (outcome, "WW-PAY-7", date(2026, 11, 13))


def test_only_what_settles_something_is_handed_on() -> None:
    answers = [*read_pain002(report("ACSP")), *read_pain002(report("ACSC"))]
    assert [each.outcome for each in pain002.outcomes(answers)] == [Outcome.ARRIVED]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (report("ACSC", name=""), "Line 2: a payment has no 'OrgnlEndToEndId'"),
        (report("WHAT"), "Line 2: WW-PAY-7 has the status 'WHAT'"),
        (report("ACSC", more="<AccptncDtTm>soon</AccptncDtTm>"), "'soon' is not a moment"),
        (
            report("ACSC", more="<OrgnlTxRef><Amt><InstdAmt>1,2</InstdAmt></Amt></OrgnlTxRef>"),
            "Line 2",
        ),
        (b"<Document><Other/></Document>", "begins with 'Document'"),
        (
            b"<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><GrpSts>RJCT</GrpSts>"
            b"</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>",
            "says 'RJCT'",
        ),
    ],
)
def test_what_can_t_be_understood_is_refused_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        read_pain002(content)


def test_a_returns_file_is_read_line_by_line() -> None:
    lines = b'WW-PAY-7,,,,,13/11/2026,B\n,00-00-11,12345678,"1,329.00",support x,2026-11-14,0\n'
    first, second = read_returns(b"\xef\xbb\xbf" + HEAD + lines)
    assert (first.name, first.code, first.line) == ("WW-PAY-7", "B", 2)
    assert (second.account, second.pence, second.reference) == (
        "00001112345678", 132_900, "SUPPORT X",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Payment,Amount\n", "Line 1 has no column called 'Sort code'"),
        (HEAD, "no line under them"),
        (HEAD + b",,,,,13/11/2026,B\n", "Line 2 does not say which payment"),
        (HEAD + b"WW-PAY-7,,,,,yesterday,B\n", "Line 2, column 'Date'"),
        (HEAD + b"WW-PAY-7,,,lots,,13/11/2026,B\n", "Line 2, column 'Amount'"),
        (b"\xff\xfe\x00", "not text"),
    ],
)
def test_a_returns_file_with_a_mistake_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        read_returns(content)


def test_every_reason_is_in_plain_words_and_says_where_it_is_from() -> None:
    for each in reasons().values():
        assert each.words[0].islower()
        assert each.source
        assert each.words[-1] != "."
    assert not reasons()["AC04"].verified
    assert why("ZZ99").words == "the bank gave the code ZZ99"
    assert why("").words == "the bank gave no reason"
    assert why("ZZ99", "Gone away").words == "Gone away"
