"""The same 100,000 bank statement lines in every format: ours to read, and the peers'."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

LINES = 100_000
OPENING = 100_000
A_DAY = 300
FIRST = date(2026, 4, 6)
PAYEES = tuple(f"Payee {number:03} Home Care" for number in range(200))


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up line; ``pence`` is + into the account and − out of it."""

    number: int
    on: date
    pence: int
    payee: str
    balance: int


def made() -> Iterator[Made]:
    """Go through the lines, oldest first."""
    balance = OPENING
    for number in range(LINES):
        pence = 120_000 + number % 997 if number % 9 == 0 else -(1_500 + number * 37 % 25_000)
        balance += pence
        day = FIRST + timedelta(days=number // A_DAY)
        yield Made(number, day, pence, PAYEES[number * 7 % len(PAYEES)], balance)


def pounds(pence: int) -> str:
    """Write pence as a bare number of pounds."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


def _csv() -> Iterator[str]:
    yield ("Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
           "Debit Amount,Credit Amount,Balance\n")  # fmt: skip
    for line in made():
        both = f",{pounds(line.pence)}" if line.pence > 0 else f"{pounds(-line.pence)},"
        yield (f"{line.on:%d/%m/%Y},DEB,'12-34-56,12345678,{line.payee} REF {line.number},"
               f"{both},{pounds(line.balance)}\n")  # fmt: skip


def _ofx() -> Iterator[str]:
    yield (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n<OFX>\n"
        "<BANKMSGSRSV1><STMTTRNRS><STMTRS>\n<CURDEF>GBP\n<BANKACCTFROM>\n<BANKID>123456\n"
        "<ACCTID>12345678\n<ACCTTYPE>CHECKING\n</BANKACCTFROM>\n<BANKTRANLIST>\n"
    )
    for line in made():
        yield (f"<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>{line.on:%Y%m%d}\n<TRNAMT>"
               f"{pounds(line.pence)}\n<FITID>{line.number}\n<NAME>{line.payee}\n"
               f"<MEMO>REF {line.number}\n</STMTTRN>\n")  # fmt: skip
    yield "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"


def _mt940() -> Iterator[str]:
    balance, day = OPENING, None
    for line in made():
        if line.on != day:
            if day:
                yield f":62F:{_swift(balance, day)}\n-\n"
            day = line.on
            yield f":20:{day:%y%m%d}\n:25:123456/12345678\n:28C:1/1\n:60F:{_swift(balance, day)}\n"
        way = "C" if line.pence > 0 else "D"
        sum_ = pounds(abs(line.pence)).replace(".", ",")
        yield (f":61:{day:%y%m%d%m%d}{way}{sum_}NTRFNONREF//{line.number}\n"
               f":86:{line.payee}\nREF {line.number}\n")  # fmt: skip
        balance = line.balance
    yield f":62F:{_swift(balance, FIRST)}\n-\n"


def _swift(balance: int, day: date) -> str:
    way = "D" if balance < 0 else "C"
    return f"{way}{day:%y%m%d}GBP{pounds(abs(balance)).replace('.', ',')}"


def _camt053() -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>\n'
        "<GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id>"
        "<IBAN>GB29NWBK12345612345678</IBAN></Id><Ccy>GBP</Ccy></Acct>\n"
    )
    for line in made():
        way, who = ("CRDT", "Dbtr") if line.pence > 0 else ("DBIT", "Cdtr")
        sum_ = f'<Amt Ccy="GBP">{pounds(abs(line.pence))}</Amt>'
        yield (
            f"<Ntry>\n <NtryRef>{line.number}</NtryRef>\n {sum_}\n <CdtDbtInd>{way}</CdtDbtInd>\n"
            f" <Sts>BOOK</Sts>\n <BookgDt><Dt>{line.on}</Dt></BookgDt>\n <ValDt><Dt>{line.on}</Dt>"
            f"</ValDt>\n <AcctSvcrRef>{line.number}</AcctSvcrRef>\n <BkTxCd><Prtry><Cd>BGC</Cd>"
            "</Prtry></BkTxCd>\n <NtryDtls><TxDtls>\n  <Refs><EndToEndId>NOTPROVIDED</EndToEndId>"
            f"</Refs>\n  <AmtDtls><TxAmt>{sum_}</TxAmt></AmtDtls>\n  <RltdPties><{who}><Nm>"
            f"{line.payee}</Nm></{who}></RltdPties>\n  <RmtInf><Ustrd>REF {line.number}</Ustrd>"
            "</RmtInf>\n </TxDtls></NtryDtls>\n</Ntry>\n"
        )
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def _hledger() -> Iterator[str]:
    yield f"{FIRST} Opening\n    assets:account  £{pounds(OPENING)}\n    equity\n\n"
    for line in made():
        yield (f"{line.on} {line.payee} | REF {line.number}\n"
               f"    assets:account  £{pounds(line.pence)}\n    unmatched\n\n")  # fmt: skip


def _hledger_rules() -> Iterator[str]:
    yield (
        "skip 1\nfields date,type,sort,number,description,amount-out,amount-in,balance_\n"
        "date-format %d/%m/%Y\ncurrency £\naccount1 assets:account\naccount2 unmatched\n"
    )


def _beancount() -> Iterator[str]:
    yield (f"{FIRST} open Assets:Account GBP\n{FIRST} open Equity:Unmatched GBP\n"
           f'{FIRST} * "Opening"\n  Assets:Account  {pounds(OPENING)} GBP\n'
           "  Equity:Unmatched\n")  # fmt: skip
    for line in made():
        yield (f'{line.on} * "{line.payee}" "REF {line.number}"\n'
               f"  Assets:Account  {pounds(line.pence)} GBP\n  Equity:Unmatched\n")  # fmt: skip
    after = line.on + timedelta(days=1)
    yield f"{after} balance Assets:Account  {pounds(line.balance)} GBP\n"


WRITERS: dict[str, Callable[[], Iterator[str]]] = {
    "lines.csv": _csv,
    "lines.ofx": _ofx,
    "lines.sta": _mt940,
    "lines.xml": _camt053,
    "lines.journal": _hledger,
    "lines.csv.rules": _hledger_rules,
    "lines.beancount": _beancount,
}


def write(folder: Path) -> int:
    """Write every file into a folder; return the closing balance in pence."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in WRITERS.items():
        with (folder / name).open("w", encoding="utf-8") as file:
            file.writelines(written())
    return max(made(), key=lambda line: line.number).balance
