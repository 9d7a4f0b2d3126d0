"""ISO 20022 pain.001.001.09: the file that asks a bank to pay, for councils whose bank takes it.

The schema itself was not at hand. What is written keeps the rules of the message as they are
generally known (order of elements, lengths, control sums, characters): prove a first file with
your bank, as with Standard 18. Sort codes stand as members of the UK clearing (``GBDSC``), account
numbers as other identifications (``BBAN``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree

from wherewithal.banking.credits import Credit, Originator, cleaned, control_totals
from wherewithal.money import pounds

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_ID, LONGEST_NAME, LONGEST_REMITTANCE = 35, 140, 140
USUAL, URGENT = "NURG", "URGP"
UK_SORT_CODES = "GBDSC"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment and the name the bank answers by: up to 35 letters, digits and ``-``.

    Raises:
        ValueError: the name is empty, too long, or has other characters.
    """

    name: str
    credit: Credit

    def __post_init__(self) -> None:
        check_id(self.name, "payment")


def write_pain001(
    transfers: Sequence[Transfer], originator: Originator, *, message: str, created: datetime,
    pay_day: date, urgent: bool = False,
) -> str:  # fmt: skip
    """Return the text of a message that pays ``transfers`` on ``pay_day``.

    ``message`` names the message for the bank's answers (up to 35 characters); ``created`` is
    when it was made. ``urgent`` asks for a payment within the day instead of Bacs.

    Raises:
        ValueError: there is nothing to pay, two payments have one name, or a name is malformed.
    """
    check_id(message, "message")
    _check(transfers, originator)
    ElementTree.register_namespace("", NAMESPACE)
    document = ElementTree.Element(_tag("Document"))
    whole = _under(document, "CstmrCdtTrfInitn")
    header = _under(whole, "GrpHdr")
    _under(header, "MsgId", message)
    _under(header, "CreDtTm", created.replace(microsecond=0, tzinfo=None).isoformat())
    _sums(header, transfers)
    party = _under(header, "InitgPty")
    _under(party, "Nm", _words(originator.name, LONGEST_NAME))
    _under(_path(party, "Id", "OrgId", "Othr"), "Id", originator.service_user_number)
    _payment_part(whole, transfers, originator, message, pay_day, URGENT if urgent else USUAL)
    ElementTree.indent(document)
    text = ElementTree.tostring(document, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def check_id(name: str, what: str) -> None:
    """Refuse a name that an answer could not carry back.

    Raises:
        ValueError: naming it, and what to do.
    """
    plain = name.replace("-", "")
    if not (name.isascii() and plain.isalnum() and len(name) <= LONGEST_ID):
        raise ValueError(
            f"The {what}'s name {name!r} can't go into the file. Use 1 to {LONGEST_ID} letters,"
            " digits and hyphens."
        )


def _check(transfers: Sequence[Transfer], originator: Originator) -> None:
    if not transfers:
        raise ValueError("There is nothing to pay, so no file is needed.")
    names = [each.name for each in transfers]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"Two payments are named {twice!r}. Give each a name of its own.")
    for each in transfers:
        if each.credit.amount > originator.item_limit:
            raise ValueError(
                f"The payment for {each.credit.account_name!r} is {pounds(each.credit.amount)}."
                f" Your bank lets one payment be up to {pounds(originator.item_limit)}."
            )


def _payment_part(
    whole: ElementTree.Element, transfers: Sequence[Transfer], originator: Originator,
    message: str, pay_day: date, service: str,
) -> None:  # fmt: skip
    part = _under(whole, "PmtInf")
    _under(part, "PmtInfId", message)
    _under(part, "PmtMtd", "TRF")
    _under(part, "BtchBookg", "true")
    _sums(part, transfers)
    _under(_path(part, "PmtTpInf", "SvcLvl"), "Cd", service)
    _under(_path(part, "ReqdExctnDt"), "Dt", pay_day.isoformat())
    _under(_path(part, "Dbtr"), "Nm", _words(originator.name, LONGEST_NAME))
    _account(part, "DbtrAcct", originator.account_number)
    _bank(part, "DbtrAgt", originator.sort_code)
    _under(part, "ChrgBr", "SLEV")
    for each in transfers:
        _transfer(part, each)


def _transfer(part: ElementTree.Element, each: Transfer) -> None:
    info, credit = _under(part, "CdtTrfTxInf"), each.credit
    name = _under(info, "PmtId")
    _under(name, "InstrId", each.name)
    _under(name, "EndToEndId", each.name)
    amount = _under(_path(info, "Amt"), "InstdAmt", _plain(credit.amount))
    amount.set("Ccy", "GBP")
    _bank(info, "CdtrAgt", credit.sort_code)
    _under(_path(info, "Cdtr"), "Nm", _words(credit.account_name, LONGEST_NAME))
    _account(info, "CdtrAcct", credit.account_number)
    _under(_path(info, "RmtInf"), "Ustrd", _words(credit.reference, LONGEST_REMITTANCE))


def _sums(parent: ElementTree.Element, transfers: Sequence[Transfer]) -> None:
    totals = control_totals(each.credit for each in transfers)
    _under(parent, "NbOfTxs", str(totals.count))
    _under(parent, "CtrlSum", _plain(totals.pence))


def _account(parent: ElementTree.Element, what: str, number: str) -> None:
    other = _path(parent, what, "Id", "Othr")
    _under(other, "Id", number)
    _under(_path(other, "SchmeNm"), "Cd", "BBAN")


def _bank(parent: ElementTree.Element, what: str, sort_code: str) -> None:
    member = _path(parent, what, "FinInstnId", "ClrSysMmbId")
    _under(_path(member, "ClrSysId"), "Cd", UK_SORT_CODES)
    _under(member, "MmbId", sort_code)


def _words(text: str, longest: int) -> str:
    """Return text in the letters that every bank's message carries."""
    return cleaned(text).replace("&", "+")[:longest].rstrip()


def _plain(pence: int) -> str:
    whole, part = divmod(pence, 100)
    return f"{whole}.{part:02}"


def _path(parent: ElementTree.Element, *names: str) -> ElementTree.Element:
    for name in names:
        parent = _under(parent, name)
    return parent


def _under(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, _tag(name))
    made.text = text
    return made


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
