"""Writers of statement files in every format, for reading back what was written."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from io import StringIO

from wherewithal.banking.statements import Layout, Line

ACCOUNT = "12-34-56 12345678"
_PAYEES = ("Sunrise Home Care", "Mobility Hub & Sons", "P. Okafor, wages", "Café Zoë", "=SUM(A1)")


def made_up_lines(count: int, opening: int = 100_000) -> list[Line]:
    """Return lines that follow from one another, from the first day of the tax year."""
    lines, balance = [], opening
    for number in range(count):
        pence = 40_000 if number % 5 == 0 else -(1_000 + number % 89)
        balance += pence
        payee = _PAYEES[number % len(_PAYEES)]
        day = date(2026, 4, 6) + timedelta(days=number // 300 if count > 1_000 else number // 3)
        text = f"{payee} ref {number}"
        lines.append(
            Line(day, pence, payee, text, "DEB", balance, number + 1, ACCOUNT, f"R{number}")
        )
    return lines


def pounds_of(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02}"


def written_day(day: date, form: str) -> str:
    for word, code in (("yyyy", "%Y"), ("mmm", "%b"), ("mm", "%m"), ("dd", "%d"), ("yy", "%y")):
        form = form.replace(word, code)
    return day.strftime(form)


def as_csv(lines: Sequence[Line], layout: Layout) -> bytes:
    """Write lines by a layout, filling the columns it names."""
    numbered = [column for column in layout.columns() if isinstance(column, int)]
    heads = (
        list(range(1, max([*numbered, layout.width]) + 1))
        if numbered
        else list(dict.fromkeys(layout.columns()))
    )
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator="\r\n")
    for _ in range(layout.header_rows if numbered else 1):
        writer.writerow([f"Head {head}" for head in heads] if numbered else heads)
    for line in lines:
        cells = _cells(line, layout)
        writer.writerow([cells.get(head, "") for head in heads])
    return out.getvalue().encode(layout.encoding or "utf-8")


def _cells(line: Line, layout: Layout) -> dict[object, str]:
    cells = _money(line, layout)
    cells[layout.date] = written_day(line.on, layout.date_format)
    rest = line.text
    if layout.payee:
        cells[layout.payee[0]] = line.payee
        rest = line.text.removeprefix(line.payee).strip()
    if more := [column for column in layout.text if column not in layout.payee]:
        cells[more[0]] = rest
    for column, value in (
        (layout.kind, line.kind),
        (layout.currency, "GBP"),
        (layout.reference, line.reference),
    ):
        cells.setdefault(column, value)
    account = [line.account[:8], line.account[9:]] if len(layout.account) == 2 else [line.account]
    return cells | dict(zip(layout.account, account, strict=False))


def _money(line: Line, layout: Layout) -> dict[object, str]:
    """Fill the columns of money; whatever a layout does not have goes to none of them."""
    cells: dict[object, str] = {layout.balance: pounds_of(line.balance or 0)}
    cells[layout.direction] = "CR" if line.pence > 0 else "DR"
    if layout.amount is not None:
        cells[layout.amount] = pounds_of(line.pence * layout.sign)
    elif line.pence > 0:
        cells[layout.paid_in] = pounds_of(line.pence)
    else:
        cells[layout.paid_out] = pounds_of(line.pence * layout.sign)
    return cells


def as_ofx(lines: Sequence[Line], *, version: int = 1, closing: int | None = None) -> bytes:
    """Write lines as OFX 1, whose tags need not close, or as OFX 2."""

    def tag(name: str, value: str) -> str:
        close = f"</{name}>" if version == 2 else ""
        return f"<{name}>{escape(value, quote=False)}{close}\n"

    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'
        if version == 2
        else "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\nCHARSET:NONE\n\n"
    )
    last = lines[-1].on if lines else date(2026, 4, 6)
    text = [
        head, "<OFX>\n<SIGNONMSGSRSV1><SONRS><STATUS>", tag("CODE", "0"), tag("SEVERITY", "INFO"),
        "</STATUS></SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1><STMTTRNRS><STMTRS>\n",
        tag("CURDEF", "GBP"), "<BANKACCTFROM>\n", tag("BANKID", "123456"),
        tag("ACCTID", "12345678"), tag("ACCTTYPE", "CHECKING"), "</BANKACCTFROM>\n<BANKTRANLIST>\n",
        tag("DTSTART", "20260406"), tag("DTEND", f"{last:%Y%m%d}"),
    ]  # fmt: skip
    for line in lines:
        memo = line.text.removeprefix(line.payee).strip()
        text += [
            "<STMTTRN>\n", tag("TRNTYPE", line.kind), tag("DTPOSTED", f"{line.on:%Y%m%d}120000"),
            tag("TRNAMT", pounds_of(line.pence)), tag("FITID", line.reference),
            tag("NAME", line.payee), tag("MEMO", memo) if memo else "", "</STMTTRN>\n",
        ]  # fmt: skip
    text.append("</BANKTRANLIST>\n")
    if closing is not None:
        text += ["<LEDGERBAL>", tag("BALAMT", pounds_of(closing)),
                 tag("DTASOF", f"{last:%Y%m%d}"), "</LEDGERBAL>"]  # fmt: skip
    text.append("</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n")
    return "".join(text).encode()


def _swift(pence: int) -> str:
    return f"{abs(pence) // 100},{abs(pence) % 100:02}"


def as_mt940(lines: Sequence[Line], opening: int) -> bytes:
    """Write lines as MT940, a message for each day."""
    text, balance = [], opening
    days = sorted({line.on for line in lines}) or [date(2026, 4, 6)]
    for page, day in enumerate(days, start=1):
        text.append(f":20:STMT{page}\n:25:123456/12345678\n:28C:{page}/1\n")
        text.append(f":60F:{'D' if balance < 0 else 'C'}{day:%y%m%d}GBP{_swift(balance)}\n")
        for line in (each for each in lines if each.on == day):
            sign = "C" if line.pence > 0 else "D"
            text.append(
                f":61:{day:%y%m%d%m%d}{sign}{_swift(line.pence)}N{line.kind}NONREF//"
                f"{line.reference}\n:86:{line.payee}\n"
                f"{line.text.removeprefix(line.payee).strip()}\n"
            )
            balance += line.pence
        text.append(f":62F:{'D' if balance < 0 else 'C'}{day:%y%m%d}GBP{_swift(balance)}\n-\n")
    return "".join(text).encode()


def _camt_balance(code: str, pence: int) -> str:
    way = "DBIT" if pence < 0 else "CRDT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"GBP\">"
        f"{pounds_of(abs(pence))}</Amt><CdtDbtInd>{way}</CdtDbtInd>"
        "<Dt><Dt>2026-04-06</Dt></Dt></Bal>\n"
    )  # fmt: skip


def as_camt053(lines: Sequence[Line], opening: int, *, version: str = "02") -> bytes:
    """Write lines as camt.053; from version 08 on, a status and a party stand one level deeper."""
    deep = version >= "08"
    text = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">\n'
        "<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>\n<Stmt><Id>1</Id><Acct><Id>"
        "<IBAN>GB29NWBK12345612345678</IBAN></Id><Ccy>GBP</Ccy></Acct>\n",
        _camt_balance("OPBD", opening),
        _camt_balance("CLBD", opening + sum(line.pence for line in lines)),
    ]
    for line in lines:
        way, party = ("CRDT", "Dbtr") if line.pence > 0 else ("DBIT", "Cdtr")
        name = f"<Nm>{escape(line.payee)}</Nm>"
        text.append(
            f'<Ntry><Amt Ccy="GBP">{pounds_of(abs(line.pence))}</Amt><CdtDbtInd>{way}</CdtDbtInd>'
            f"<Sts>{'<Cd>BOOK</Cd>' if deep else 'BOOK'}</Sts><BookgDt><Dt>{line.on}</Dt></BookgDt>"
            f"<AcctSvcrRef>{escape(line.reference)}</AcctSvcrRef><BkTxCd><Prtry>"
            f"<Cd>{escape(line.kind)}</Cd></Prtry></BkTxCd>\n<NtryDtls><TxDtls><RltdPties>"
            f"<{party}>{f'<Pty>{name}</Pty>' if deep else name}</{party}></RltdPties><RmtInf>"
            f"<Ustrd>{escape(line.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        )
    text.append("</Stmt></BkToCstmrStmt></Document>\n")
    return "".join(text).encode()
