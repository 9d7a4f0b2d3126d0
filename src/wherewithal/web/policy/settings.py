"""Local practice: every choice a council makes, with its default, unit and reason.

Nothing here is law. What is law stands in ``careact`` and ``charging`` with its source.
"""

from datetime import date

from django.core.cache import cache

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.policy.charging import CHARGING
from wherewithal.web.policy.checking import CHECKING
from wherewithal.web.policy.choices import Choice
from wherewithal.web.policy.holding import HOLDING
from wherewithal.web.policy.models import Setting
from wherewithal.web.policy.payment_runs import PAYMENT_RUNS
from wherewithal.web.policy.spending import SPENDING
from wherewithal.web.policy.what_is_due import WHAT_IS_DUE

CHOICES: tuple[Choice, ...] = (
    Choice(
        "council_name",
        "Name of the council",
        "Ambleford Council",
        "text",
        "Shown on every page and letter.",
    ),
    Choice(
        "council_phone",
        "Telephone for the public",
        "01632 960100",
        "text",
        "Shown on every page and letter.",
    ),
    Choice(
        "council_email",
        "Email for the public",
        "care@ambleford.example.org",
        "text",
        "Shown on every page and letter.",
    ),
    Choice(
        "practitioner_limit_weekly",
        "A practitioner may sign off their own plan up to",
        0,
        "pence a week",
        "Two pairs of eyes by default: nobody signs off their own plan.",
    ),
    Choice(
        "manager_limit_weekly",
        "A manager may sign off up to",
        100_000,
        "pence a week",
        "Above it a panel decides. Most plans should never wait for a panel.",
    ),
    Choice("payment_weeks", "Weeks in each payment", 4, "weeks", "Every four weeks is usual."),
    Choice(
        "payment_anchor",
        "A Monday from which payment periods are counted",
        "2026-04-06",
        "date",
        "The first Monday of the financial year 2026/27.",
    ),
    Choice(
        "bacs_service_user_number",
        "Bacs service user number",
        "000000",
        "6 digits",
        "Given by your bank.",
    ),
    Choice(
        "bacs_sort_code", "Paying account, sort code", "000000", "6 digits", "Given by your bank."
    ),
    Choice(
        "bacs_account_number",
        "Paying account, number",
        "00000000",
        "8 digits",
        "Given by your bank.",
    ),
    Choice(
        "bacs_name",
        "Paying account, name",
        "AMBLEFORD COUNCIL",
        "18 characters",
        "What people see on a statement.",
    ),
    Choice(
        "review_weeks_first",
        "Weeks until a new plan's first review",
        8,
        "weeks",
        "Guidance says 6 to 8 weeks.",
    ),
    Choice(
        "assessment_days",
        "Days from first contact to a finished assessment",
        28,
        "days",
        "No fixed time in law; 4 to 6 weeks is treated as reasonable.",
    ),
    Choice(
        "large_fall_percent",
        "A first figure that falls by more than this is gone through with the person",
        10,
        "percent",
        "A local choice: a machine should not lower what someone lives on unseen.",
    ),
)
CHOICES += PAYMENT_RUNS
RECORD = {
    "team": "Team that answers for the scheme",
    "owner": "Senior owner of the scheme, by role",
    "supplier": "Suppliers who have a part in it, or that there are none",
    "previous_process": "How the figure was worked out before",
    "alternatives": "What else was thought of",
    "usage": "How often it is used, and for how many people",
    "training": "What those who use it are taught",
    "sharing": "With whom its data is shared, and on what terms",
    "storage": "Where its data is kept, who can see it, and for how long",
    "impact_assessments": "Equality and data protection assessments: title, date, link",
}
"""What only the council can say in the transparency record of its scheme, by the fact's name."""
CHOICES += tuple(
    Choice(f"record_{fact}", label, "", "text", "Shown in the public transparency record.")
    for fact, label in RECORD.items()
)
CHOICES += CHARGING
CHOICES += CHECKING
CHOICES += WHAT_IS_DUE
CHOICES += HOLDING
CHOICES += SPENDING
BY_KEY = {choice.key: choice for choice in CHOICES}


def local(*keys: str) -> dict[str, int | str | bool]:
    """Return the named settings as they stand now (one query), defaults filled in.

    Raises:
        KeyError: a name that is no setting.
    """
    values = {key: BY_KEY[key].default for key in keys}
    values.update(Setting.objects.filter(key__in=keys).values_list("key", "value"))
    return values


COUNCIL = ("council_name", "council_phone", "council_email")
COUNCIL_KEPT = 10
"""Seconds after which every process has heard of a change to who the council says it is."""


def council() -> dict[str, int | str | bool]:
    """Return who the council says it is, for the top of every page: asked for once in a while.

    Only what is for show is kept so. Whatever decides anything is read anew with :func:`local`.
    """
    kept: dict[str, int | str | bool] | None = cache.get("council")
    if kept is None:
        kept = local(*COUNCIL)
        cache.set("council", kept, COUNCIL_KEPT)
    return kept


def forget_council() -> None:
    """Ask anew who the council says it is; for this process, at once."""
    cache.delete("council")


def shown(choice: Choice, value: int | str | bool) -> str:
    """Write a value of a setting as people read it: ``£1,000.00 a week``, ``4 weeks``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == "":
        return "nothing yet"
    match choice.unit:
        case "pence a week":
            return f"{pounds(int(value))} a week"
        case "pence" | "pence a year":
            return pounds(int(value)) + choice.unit.removeprefix("pence")
        case "percent":
            return f"{value}%"
        case "date":
            return long_date(date.fromisoformat(str(value)))
        case "weeks" | "days" | "months" | "people" | "pay periods" | "working days":
            return f"{value} {choice.unit.removesuffix('s') if value == 1 else choice.unit}"
        case _:
            return str(value)
