"""Amounts, days and accounts as banks write them: pence, dates and one spelling of an account.

Each reader raises :class:`StatementError` without a place; whoever knows the line and the column
adds them.
"""

import re
from collections.abc import Callable
from datetime import date

from wherewithal.banking.statements.statement import StatementError

_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<first>[-+])?\s*(?:£|GBP)?\s*(?P<second>[-+])?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d{1,2})0*)?\s*(?:GBP)?\s*"
    r"(?P<after>[-+])?\s*(?P<close>\))?\s*(?P<mark>DR|CR|D|C|OD)?",
    re.ASCII,
)
_BARE = re.compile(r"([-+]?)(\d{0,13})(?:[.,](\d{0,2})0*)?", re.ASCII)
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
_MOST = 10**13
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    "yyyy": r"(?P<y>\d{4})",
    "yy": r"(?P<y>\d{2})",
    "mmm": r"(?P<m>[A-Za-z]{3,9})",
    "mm": r"(?P<m>\d{1,2})",
    "dd": r"(?P<d>\d{1,2})",
}
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
_IBAN = re.compile(r"GB\d\d[A-Z]{4}(?P<number>\d{14})", re.ASCII)
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


def amount(text: str) -> int:
    """Read an amount in pounds as pence: ``12.30``, ``-1,234.56``, ``(5.00)``, ``5.00 DR``.

    Raises:
        StatementError: it is no amount, has parts of a penny or is not in pounds.
    """
    if text[-3:-2] == "." and text.isascii():
        plain = text[:-3] + text[-2:]
        if plain.isdecimal() and len(plain) < 14:
            return int(plain)
        if plain[:1] == "-" and plain[1:].isdecimal() and len(plain) < 14:
            return int(plain)
    return _odd_amount(text)


def _odd_amount(text: str) -> int:
    clean = text.translate(_DASHES).strip().upper()
    found = _AMOUNT.fullmatch(clean)
    if found is None or not (found["whole"] or found["part"]):
        raise StatementError(_why_no_amount(clean), _how_to_mend(clean), value=text.strip())
    signs = [found["first"], found["second"], found["after"]]
    signs += ["-" if found["open"] else None]
    signs += ["+" if found["mark"] in {"CR", "C"} else "-" if found["mark"] else None]
    said = [sign for sign in signs if sign]
    if len(said) > 1 or bool(found["open"]) != bool(found["close"]):
        raise StatementError(
            "This amount has more than one sign, or half a bracket.",
            "Write it with one minus in front if it is money out.",
            value=text.strip(),
        )
    whole = int((found["whole"] or "0").replace(",", ""))
    pence = whole * 100 + int((found["part"] or "").ljust(2, "0"))
    if pence > _MOST:
        raise StatementError(
            "This is more money than any account holds.",
            "Look whether two columns have run into one.",
            value=text.strip(),
        )
    return -pence if said == ["-"] else pence


def _why_no_amount(text: str) -> str:
    if not text:
        return "There is no amount here."
    if _SHORTENED.search(text):
        return "A spreadsheet has shortened this number, and its pence are lost."
    if re.search(r"[$€¥]|USD|EUR", text):
        return "This amount is not in pounds."
    if re.search(r"\d,\d{1,2}\D*$", text):
        return "This amount has a comma where pounds have a full stop."
    if re.search(r"\.\d{3,}\D*$", text):
        return "This amount has parts of a penny."
    return "This is not an amount of money."


def _how_to_mend(text: str) -> str:
    if _SHORTENED.search(text):
        return "Download the file again and do not open it in a spreadsheet first."
    if re.search(r"[$€¥]|USD|EUR", text):
        return "Only accounts in pounds sterling (GBP) can be read."
    return "Write pounds and pence like 1234.56, or choose the column that holds the amount."


def day_reader(form: str) -> Callable[[str], date]:
    """Return a reader of days in a form such as ``dd/mm/yyyy``, ``yymmdd`` or ``dd mmm yyyy``.

    A time of day after the day is passed over. Years of two digits are of this century.

    Raises:
        ValueError: the form does not name a day, a month and a year once each.
    """
    pattern, named = "", ""
    rest = form.lower()
    while rest:
        token = next((part for part in _PARTS if rest.startswith(part)), "")
        pattern += _PARTS[token] if token else re.escape(rest[0])
        named += token[:1]
        rest = rest[len(token) or 1 :]
    if sorted(named) != ["d", "m", "y"]:
        raise ValueError(
            f"{form!r} is no form of a date. Write it with dd, mm (or mmm) and yy or yyyy."
        )
    if re.search(r"[dmy]{6}", form.lower()):
        pattern = pattern.replace("{1,2}", "{2}")
    match = re.compile(pattern + _TIME, re.ASCII).fullmatch
    known: dict[str, date] = {}

    def read(text: str) -> date:
        found = known.get(text)
        if found is None:
            if len(known) > 5_000:
                known.clear()
            found = known[text] = _day(text, match(text.strip()), form)
        return found

    return read


def _day(text: str, found: re.Match[str] | None, form: str) -> date:
    if found is None:
        if re.fullmatch(r"[34-6]\d{4}(?:\.\d+)?", text.strip()):
            raise StatementError(
                "A spreadsheet has turned this date into a number.",
                "Download the file again and do not open it in a spreadsheet first.",
                value=text.strip(),
            )
        raise StatementError(
            f"This is not a date written {form}." if text.strip() else "There is no date.",
            "Choose the form of date this bank uses, or mend the date.",
            value=text.strip(),
        )
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    month = found["m"]
    number = int(month) if month.isdecimal() else _month(month)
    if year < 2000 or year > 2099:
        raise StatementError(
            "This year is not one a statement can have.",
            f"Look whether the date is written {form}.",
            value=text.strip(),
        )
    try:
        return date(year, number, int(found["d"]))
    except ValueError as mistake:
        raise StatementError(
            "There is no such day.",
            f"Dates here are read as {form}. If the file has them otherwise, choose its form.",
            value=text.strip(),
        ) from mistake


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def plain_cell(text: str) -> str:
    """Take away what guards a number from spreadsheets: ``="00123"`` and ``'00123``."""
    text = text.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    return text.removeprefix("'").strip()


def account_name(*cells: str) -> str:
    """Spell an account one way: ``12-34-56 12345678``; of a card only its last four digits.

    Raises:
        StatementError: a spreadsheet has shortened the number.
    """
    text = " ".join(filter(None, (plain_cell(cell) for cell in cells)))
    if _SHORTENED.fullmatch(text):
        raise StatementError(
            "A spreadsheet has shortened this account number.",
            "Download the file again and do not open it in a spreadsheet first.",
            value=text,
        )
    if found := _IBAN.fullmatch(text.replace(" ", "").removesuffix("GBP")):
        text = found["number"]
    digits = re.sub(r"[\s/-]|GBP$", "", text)
    if digits.isdecimal() and len(digits) == 14:
        return f"{digits[:2]}-{digits[2:4]}-{digits[4:6]} {digits[6:]}"
    if digits.isdecimal() and 15 <= len(digits) <= 19 and _is_card(digits):
        return f"card ending {digits[-4:]}"
    return " ".join(text.split())


def _is_card(digits: str) -> bool:
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def eight_digit_day(text: str) -> date:
    """Read a day that begins a text as ``yyyymmdd`` or ``yyyy-mm-dd``, whatever follows.

    Raises:
        StatementError: there is no such day.
    """
    digits = text[:10].replace("-", "") if text[4:5] == "-" else text[:8]
    if len(digits) == 8 and digits.isascii() and digits.isdecimal():
        try:
            found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            pass
        else:
            if 2000 <= found.year <= 2099:
                return found
    wrong = "There is no such day." if text else "There is no date."
    raise StatementError(wrong, "The file may be damaged. Download it again.", value=text)


def iso_amount(text: str) -> int:
    """Read an amount without thousands: ``12.3``, ``12,30``, ``-12.3400``; return pence.

    Raises:
        StatementError: it is no amount or has parts of a penny.
    """
    found = _BARE.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        raise StatementError(
            "This is not an amount in pounds and pence." if text else "There is no amount.",
            "The file may be damaged. Download it again.",
            value=text,
        )
    pence = int(found[2] or "0") * 100 + int((found[3] or "").ljust(2, "0"))
    return -pence if found[1] == "-" else pence


def pounds_only(text: str) -> None:
    """Hold a currency to pounds sterling.

    Raises:
        StatementError: it is another currency.
    """
    if text.strip().upper() not in {"GBP", "£", ""}:
        raise StatementError(
            "This account is not in pounds.",
            "Only accounts in pounds sterling (GBP) can be read.",
            value=text.strip(),
        )
