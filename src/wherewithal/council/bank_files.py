"""Statements of made-up accounts in the forms in which banks really give them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import escape
from itertools import accumulate

from wherewithal.council.bank import BankAccount, Move

Rows = Sequence[tuple[Move, int]]
"""Movements, oldest first, each with the balance after it."""
SUFFIXES = {"mt940": "sta", "camt053": "xml", "ofx": "ofx"}


def statement_file(
    account: BankAccount, moves: Sequence[Move], opening: int, form: str
) -> tuple[str, bytes]:
    """Return the name and the bytes of a statement; ``form`` is one of the writers' names."""
    ordered = sorted(moves, key=lambda move: move.on)
    balances = accumulate((move.pence for move in ordered), initial=opening)
    next(balances)
    rows = list(zip(ordered, balances, strict=True))
    text = "".join(WRITERS[form](account, rows, opening))
    last = ordered[-1].on if ordered else account.opened
    return f"statement-{last}.{SUFFIXES.get(form, 'csv')}", text.encode()


def _lloyds(account: BankAccount, rows: Rows, _: int) -> Iterator[str]:
    yield ("Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
           "Debit Amount,Credit Amount,Balance\n")  # fmt: skip
    place = f"'{_dashed(account.sort_code)},{account.number}"
    for move, balance in rows:
        both = f",{_sum(move.pence)}" if move.pence > 0 else f"{_sum(-move.pence)},"
        words = f"{move.payee} {move.text}"
        yield f"{move.on:%d/%m/%Y},{move.kind},{place},{words},{both},{_sum(balance)}\n"


def _starling(_: BankAccount, rows: Rows, __: int) -> Iterator[str]:
    yield "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n"
    for move, balance in rows:
        yield (f"{move.on:%d/%m/%Y},{move.payee},{move.text},{move.kind},{_sum(move.pence)},"
               f"{_sum(balance)}\n")  # fmt: skip


def _natwest(account: BankAccount, rows: Rows, _: int) -> Iterator[str]:
    yield "Date,Type,Description,Value,Balance,Account Name,Account Number\n"
    place = f"{account.sort_code}-{account.number}"
    for move, balance in rows:
        yield (f"{move.on:%d %b %Y},{move.kind},{move.payee} {move.text},{_sum(move.pence)},"
               f"{_sum(balance)},{account.owner},{place}\n")  # fmt: skip


def _card(account: BankAccount, rows: Rows, _: int) -> Iterator[str]:
    yield "Transaction Date,Card Reference,Transaction Type,Merchant,Description,Amount,Balance\n"
    card = f"CARD-{account.number}"
    for move, balance in rows:
        yield (f"{move.on:%d/%m/%Y},{card},{move.kind},{move.payee},{move.text},{_sum(move.pence)},"
               f"{_sum(balance)}\n")  # fmt: skip


def _mt940(account: BankAccount, rows: Rows, opening: int) -> Iterator[str]:
    first, last = rows[0][0].on, rows[-1][0].on
    yield (f":20:{last:%y%m%d}\n:25:{account.sort_code}/{account.number}\n:28C:1/1\n"
           f":60F:{_swift(opening, first)}\n")  # fmt: skip
    for place, (move, _) in enumerate(rows, 1):
        way = "C" if move.pence > 0 else "D"
        pence = _sum(abs(move.pence)).replace(".", ",")
        yield (f":61:{move.on:%y%m%d%m%d}{way}{pence}NTRFNONREF//{place}\n"
               f":86:{move.payee}\n{move.text}\n")  # fmt: skip
    yield f":62F:{_swift(rows[-1][1], last)}\n-\n"


def _camt053(account: BankAccount, rows: Rows, opening: int) -> Iterator[str]:
    first, last = rows[0][0].on, rows[-1][0].on
    iban = f"GB29AMBL{account.sort_code}{account.number}"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>\n'
        f"<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id>"
        f"<Ccy>GBP</Ccy></Acct>\n{_camt_balance('OPBD', opening, first)}"
        f"{_camt_balance('CLBD', rows[-1][1], last)}"
    )
    for place, (move, _) in enumerate(rows, 1):
        way, who = ("CRDT", "Dbtr") if move.pence > 0 else ("DBIT", "Cdtr")
        yield (
            f'<Ntry><NtryRef>{place}</NtryRef><Amt Ccy="GBP">{_sum(abs(move.pence))}</Amt>'
            f"<CdtDbtInd>{way}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{move.on}</Dt></BookgDt>"
            f"<NtryDtls><TxDtls><RltdPties><{who}><Nm>{escape(move.payee)}</Nm></{who}></RltdPties>"
            f"<RmtInf><Ustrd>{escape(move.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        )
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def _ofx(account: BankAccount, rows: Rows, _: int) -> Iterator[str]:
    yield (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX>\n"
        "<BANKMSGSRSV1><STMTTRNRS><STMTRS>\n<CURDEF>GBP\n<BANKACCTFROM>\n"
        f"<BANKID>{account.sort_code}\n<ACCTID>{account.number}\n<ACCTTYPE>CHECKING\n"
        "</BANKACCTFROM>\n<BANKTRANLIST>\n"
    )
    for place, (move, _balance) in enumerate(rows, 1):
        sort = "CREDIT" if move.pence > 0 else "ATM" if move.kind == "ATM" else "DEBIT"
        yield (f"<STMTTRN>\n<TRNTYPE>{sort}\n<DTPOSTED>{move.on:%Y%m%d}\n"
               f"<TRNAMT>{_sum(move.pence)}\n<FITID>{move.on:%Y%m%d}{place}\n"
               f"<NAME>{escape(move.payee)}\n<MEMO>{escape(move.text)}\n</STMTTRN>\n")  # fmt: skip
    last = rows[-1]
    yield (f"</BANKTRANLIST><LEDGERBAL><BALAMT>{_sum(last[1])}<DTASOF>{last[0].on:%Y%m%d}"
           "</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n")  # fmt: skip


WRITERS: dict[str, Callable[[BankAccount, Rows, int], Iterator[str]]] = {
    "lloyds": _lloyds,
    "starling": _starling,
    "natwest": _natwest,
    "card": _card,
    "mt940": _mt940,
    "camt053": _camt053,
    "ofx": _ofx,
}


def _sum(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


def _dashed(sort_code: str) -> str:
    return "-".join((sort_code[:2], sort_code[2:4], sort_code[4:]))


def _swift(balance: int, day: date) -> str:
    way = "D" if balance < 0 else "C"
    return f"{way}{day:%y%m%d}GBP{_sum(abs(balance)).replace('.', ',')}"


def _camt_balance(code: str, pence: int, day: date) -> str:
    way = "CRDT" if pence >= 0 else "DBIT"
    return (f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
            f'<Amt Ccy="GBP">{_sum(abs(pence))}</Amt><CdtDbtInd>{way}</CdtDbtInd>'
            f"<Dt><Dt>{day}</Dt></Dt></Bal>\n")  # fmt: skip
