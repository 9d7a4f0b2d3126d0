"""What a pain.001.001.09 message looks like: order, lengths, sums and characters.

The schema file was not at hand. These are the rules of the message as they are generally known,
written down so that a reader can hold the writer to each of them.
"""

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.banking.credits import Credit, Originator
from wherewithal.banking.pain001 import NAMESPACE, Transfer, write_pain001

COUNCIL = Originator("123456", "AMBLEFORD COUNCIL", "000012", "12345678")
CREATED, PAY_DAY = datetime(2026, 11, 9, 10, 30, tzinfo=UTC), date(2026, 11, 13)
IN_ORDER = {
    "Document": ["CstmrCdtTrfInitn"],
    "CstmrCdtTrfInitn": ["GrpHdr", "PmtInf"],
    "GrpHdr": ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
    "PmtInf": [
        "PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt",
        "Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf",
    ],
    "CdtTrfTxInf": ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
    "PmtId": ["InstrId", "EndToEndId"],
}  # fmt: skip
LONGEST = {"MsgId": 35, "PmtInfId": 35, "InstrId": 35, "EndToEndId": 35, "Nm": 140, "Ustrd": 140}
CARRIED = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]+")


def transfer(name: str = "WW-PAY-1", pence: int = 132_900, whose: str = "Ada Marlow") -> Transfer:
    return Transfer(name, Credit("000011", "12345678", whose, pence, "SUPPORT WW000001"))


def written(*transfers: Transfer, urgent: bool = False) -> ElementTree.Element:
    text = write_pain001(
        transfers, COUNCIL, message="WW-RUN-1", created=CREATED, pay_day=PAY_DAY, urgent=urgent
    )
    return ElementTree.fromstring(text)  # noqa: S314  our own text


def local(node: ElementTree.Element) -> str:
    namespace, _, name = node.tag[1:].partition("}")
    assert namespace == NAMESPACE
    return name


def said(document: ElementTree.Element, name: str) -> list[str]:
    return [node.text or "" for node in document.iter() if local(node) == name]


def test_the_elements_stand_in_the_order_of_the_message() -> None:
    for node in written(transfer(), transfer("WW-PAY-2")).iter():
        if (expected := IN_ORDER.get(local(node))) is not None:
            assert list(dict.fromkeys(local(part) for part in node)) == expected


@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    st.text("Zoë O'Néill &<>-Łß", min_size=1),
)
def test_every_message_counts_sums_and_carries_only_plain_letters(
    amounts: list[int], whose: str
) -> None:
    document = written(*(
        transfer(f"WW-PAY-{place}", pence, f"A {whose}") for place, pence in enumerate(amounts)
    ))  # fmt: skip
    assert said(document, "NbOfTxs") == [str(len(amounts))] * 2
    pounds = [f"{pence // 100}.{pence % 100:02}" for pence in amounts]
    assert said(document, "InstdAmt") == pounds
    assert {int(each.replace(".", "")) for each in said(document, "CtrlSum")} == {sum(amounts)}
    for name, longest in LONGEST.items():
        for text in said(document, name):
            assert 1 <= len(text) <= longest
            assert CARRIED.fullmatch(text)


def test_it_says_who_pays_from_where_when_and_how() -> None:
    document = written(transfer())
    assert said(document, "PmtMtd") == ["TRF"]
    assert said(document, "ReqdExctnDt")[0].strip() == ""
    assert said(document, "Dt") == ["2026-11-13"]
    assert said(document, "MmbId") == ["000012", "000011"]
    assert [node.get("Ccy") for node in document.iter() if local(node) == "InstdAmt"] == ["GBP"]
    assert "NURG" in said(document, "Cd")
    assert "URGP" in said(written(transfer(), urgent=True), "Cd")
    assert said(document, "CreDtTm") == ["2026-11-09T10:30:00"]


@pytest.mark.parametrize(
    ("transfers", "message"),
    [
        ((), "nothing to pay"),
        ((transfer(), transfer()), "Two payments are named 'WW-PAY-1'"),
    ],
)
def test_what_no_bank_could_answer_is_refused(
    transfers: tuple[Transfer, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        written(*transfers)


@pytest.mark.parametrize("name", ["", "A" * 36, "WW PAY", "WW-PAY-é", "--"])
def test_a_name_that_an_answer_could_not_carry_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="can't go into the file"):
        transfer(name)


def test_a_payment_above_the_bank_s_limit_is_refused() -> None:
    small = Originator("123456", "AMBLEFORD COUNCIL", "000012", "12345678", item_limit=100)
    with pytest.raises(ValueError, match=r"up to £1\.00"):
        write_pain001(
            [transfer(pence=101)], small, message="WW-RUN-1", created=CREATED, pay_day=PAY_DAY
        )
