"""How a bank statement's amounts, days and accounts are read: what is written, what it comes to."""

from datetime import date

import pytest

from wherewithal.banking.statements import StatementError
from wherewithal.banking.statements.values import account_name, amount, day_reader


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("12.30", 1230),
        ("0.05", 5),
        (".50", 50),
        ("12", 1200),
        ("12.5", 1250),
        ("12.3000", 1230),
        ("£12.30", 1230),
        ("GBP 12.30", 1230),
        ("1,234.56", 123456),
        ("1,234,567.89", 123456789),
        ("+12.30", 1230),
        ("12.30+", 1230),
        ("12.30 CR", 1230),
        (" 12.30 ", 1230),
        ("-12.30", -1230),
        ("−12.30", -1230),
        ("–12.30", -1230),
        ("-£12.30", -1230),
        ("£-12.30", -1230),
        ("- 12.30", -1230),
        ("12.30-", -1230),
        ("1,234.56-", -123456),
        ("(1,234.56)", -123456),
        ("(£1,234.56)", -123456),
        ("12.30 DR", -1230),
        ("12.30DR", -1230),
        ("12.30 D", -1230),
        ("12.30 OD", -1230),
        ("\u00a312.30\u00a0", 1230),
    ],
)
def test_an_amount_is_read_exactly_however_the_bank_marks_money_out(
    written: str, pence: int
) -> None:
    assert amount(written) == pence


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("", "no amount here"),
        ("-", "not an amount"),
        ("nil", "not an amount"),
        ("1_000.00", "not an amount"),
        ("٣.٠٠", "not an amount"),
        ("12 34", "not an amount"),
        ("=12.30", "not an amount"),
        ("1,23.45", "not an amount"),
        ("1.234,56", "comma where pounds have a full stop"),
        ("12,30", "comma where pounds have a full stop"),
        ("12.305", "parts of a penny"),
        ("1.2E+05", "shortened this number"),
        ("€12.30", "not in pounds"),
        ("12.30 USD", "not in pounds"),
        ("-12.30 CR", "more than one sign"),
        ("(12.30", "half a bracket"),
        ("(-12.30)", "more than one sign"),
        ("999999999999999.00", "more money than any account holds"),
    ],
)
def test_an_amount_that_could_mean_two_things_is_refused(written: str, wrong: str) -> None:
    with pytest.raises(StatementError, match=wrong):
        amount(written)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("dd/mm/yyyy", "06/04/2026"),
        ("dd/mm/yyyy", "6/4/2026"),
        ("dd/mm/yyyy", "06/04/2026 14:05:09"),
        ("dd/mm/yy", "06/04/26"),
        ("yyyy/mm/dd", "2026/04/06"),
        ("yyyy-mm-dd", "2026-04-06"),
        ("yyyy-mm-dd", "2026-04-06T14:05:09Z"),
        ("yymmdd", "260406"),
        ("yyyymmdd", "20260406"),
        ("dd mmm yyyy", "06 Apr 2026"),
        ("dd mmm yyyy", "6 April 2026"),
        ("dd-mmm-yy", "06-APR-26"),
        ("dd.mm.yyyy", "06.04.2026"),
        ("mm/dd/yyyy", "04/06/2026"),
    ],
)
def test_a_day_is_read_in_the_form_the_layout_says(form: str, written: str) -> None:
    assert day_reader(form)(written) == date(2026, 4, 6)


@pytest.mark.parametrize(
    ("form", "written", "wrong"),
    [
        ("dd/mm/yyyy", "31/02/2026", "no such day"),
        ("dd/mm/yyyy", "29/02/2026", "no such day"),
        ("dd/mm/yyyy", "04/13/2026", "no such day"),
        ("dd mmm yyyy", "06 Avr 2026", "no such day"),
        ("dd/mm/yyyy", "06/04/26", "not a date written dd/mm/yyyy"),
        ("dd/mm/yyyy", "46118", "turned this date into a number"),
        ("dd/mm/yyyy", "06/04/1926", "year is not one"),
        ("yymmdd", "2646", "not a date written yymmdd"),
        ("dd/mm/yyyy", "", "no date"),
    ],
)
def test_a_day_that_is_none_or_in_another_form_is_refused(
    form: str, written: str, wrong: str
) -> None:
    with pytest.raises(StatementError, match=wrong):
        day_reader(form)(written)


@pytest.mark.parametrize(
    ("cells", "account"),
    [
        (["123456-12345678 GBP"], "12-34-56 12345678"),
        (["12-34-56 12345678"], "12-34-56 12345678"),
        (["12-34-56", "12345678"], "12-34-56 12345678"),
        (["'12-34-56", "'12345678"], "12-34-56 12345678"),
        (['="123456"', '="12345678"'], "12-34-56 12345678"),
        (["12345612345678"], "12-34-56 12345678"),
        (["GB29 NWBK 1234 5612 3456 78"], "12-34-56 12345678"),
        (["12345678"], "12345678"),
        (["DP-0042"], "DP-0042"),
        (["4111 1111 1111 1111"], "card ending 1111"),
        (["4111111111111112"], "4111111111111112"),
    ],
)
def test_an_account_has_one_spelling_and_a_card_only_its_last_digits(
    cells: list[str], account: str
) -> None:
    assert account_name(*cells) == account
