"""ISO 20022 pain.002: what a bank says of a message that asked it to pay.

Any version is read: what is needed has stood in the same places in all of them.
"""

from collections.abc import Iterator
from datetime import date

from wherewithal.banking.answers import Answer, AnswerError, Outcome
from wherewithal.banking.xml_tree import Node, read_tree
from wherewithal.money import parse_pounds

ARRIVED = frozenset({"ACSC", "ACCC"})
REFUSED = frozenset({"RJCT", "CANC"})
ON_ITS_WAY = frozenset({"ACCP", "ACSP", "ACTC", "ACWC", "ACFC", "ACWP", "PDNG", "RCVD", "PART"})
KNOWN = ARRIVED | REFUSED | ON_ITS_WAY


def read_pain002(content: bytes) -> list[Answer]:
    """Return what a message says of each payment, in the order of the file.

    Raises:
        AnswerError: it is no pain.002, or a part of it can't be understood; with its line.
    """
    top = read_tree(content)
    report = top if top.name == "CstmrPmtStsRpt" else top.at("CstmrPmtStsRpt")
    if report is None:
        raise AnswerError(
            f"Line {top.line}: the file begins with {top.name!r}, and an answer about payments"
            " with 'CstmrPmtStsRpt'. Choose the bank’s pain.002 file."
        )
    made = _day(report.at("GrpHdr", "CreDtTm"))
    answers = [
        _answer(each, made)
        for part in report.all("OrgnlPmtInfAndSts")
        for each in part.all("TxInfAndSts")
    ]
    if not answers:
        raise AnswerError(_nothing(report))
    return answers


def _nothing(report: Node) -> str:
    status = report.words("OrgnlGrpInfAndSts", "GrpSts")
    whole = f" Of the whole message it says {status!r}." if status else ""
    return (
        f"Line {report.line}: the file says nothing of any single payment.{whole} If the bank"
        " refused the whole file, send it again: the same file can be downloaded from the run."
    )


def _answer(each: Node, made: date | None) -> Answer:
    name, status = each.words("OrgnlEndToEndId"), each.words("TxSts")
    if not name:
        raise AnswerError(
            f"Line {each.line}: a payment has no 'OrgnlEndToEndId', so nobody can say which it"
            " was. Ask the bank for a file that has it."
        )
    if status not in KNOWN:
        raise AnswerError(
            f"Line {each.line}: {name} has the status {status!r}, which is not one of"
            f" {', '.join(sorted(KNOWN))}. Ask the bank what it means and record it by hand."
        )
    reason = each.at("StsRsnInf") or Node("", each.line)
    outcome = (
        Outcome.ARRIVED if status in ARRIVED
        else Outcome.CAME_BACK if status in REFUSED
        else Outcome.ON_ITS_WAY
    )  # fmt: skip
    return Answer(
        outcome, each.line, name,
        code=reason.words("Rsn", "Cd") or reason.words("Rsn", "Prtry"),
        words=" ".join(part.text.strip() for part in reason.all("AddtlInf")),
        on=_day(each.at("AccptncDtTm")) or made,
        pence=_pence(each.at("OrgnlTxRef", "Amt", "InstdAmt")),
    )  # fmt: skip


def _pence(node: Node | None) -> int | None:
    if node is None:
        return None
    try:
        return parse_pounds(node.text.strip())
    except ValueError as mistake:
        raise AnswerError(f"Line {node.line}: {mistake}") from None


def _day(node: Node | None) -> date | None:
    if node is None:
        return None
    try:
        return date.fromisoformat(node.text.strip()[:10])
    except ValueError:
        raise AnswerError(
            f"Line {node.line}: {node.text.strip()!r} is not a moment like 2026-11-13T09:00:00."
        ) from None


def outcomes(answers: list[Answer]) -> Iterator[Answer]:
    """Yield the answers that settle something: those on their way say nothing new."""
    return (each for each in answers if each.outcome is not Outcome.ON_ITS_WAY)
