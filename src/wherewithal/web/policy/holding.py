"""What a council chooses about money that is paid out: notice, records, what is carried over."""

from wherewithal.web.policy.choices import Choice

CARRIED_OVER = "service_fund_carry_weeks"

HOLDING: tuple[Choice, ...] = (
    Choice(
        "direct_payment_notice_weeks",
        "Weeks of notice before a direct payment ends",
        4,
        "weeks",
        "Four weeks in writing (Gloucestershire). A sooner day can be chosen for one person.",
    ),
    Choice(
        "records_years",
        "Years before this one of which bills and statements are kept",
        6,
        "years",
        "This year and the six before it (Worcestershire). The agreement says so.",
    ),
    Choice(
        CARRIED_OVER,
        "Weeks of the budget that a provider may carry over in an individual service fund",
        4,
        "weeks",
        "Up to four weeks’ budget (Dorset). Above it somebody talks with the person and provider.",
    ),
)
