"""The Jinja2 environment that every page is rendered in."""

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import is_aware, localtime
from jinja2 import Environment, StrictUndefined

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.govuk.components import component
from wherewithal.web.govuk.rendering import error_summary, field, has_errors


def environment(**options: Any) -> Environment:
    """Make the environment from the options that Django's Jinja2 backend passes."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**options)  # noqa: S701  Django's backend passes autoescape=True
    env.globals.update(
        component=component,
        error_summary=error_summary,
        field=field,
        has_errors=has_errors,
        place=place,
        static=static,
        url=url,
    )
    env.filters.update(
        change=change,
        count=count,
        day=day,
        day_time=day_time,
        iso=iso,
        merged=merged,
        moment=moment,
        pounds=pounds,
        short_day=short_day,
        weekly=weekly,
        yearly=yearly,
    )
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a named page, or stop the page where there is none."""
    return reverse(name, args=args, kwargs=kwargs)


def place(name: str) -> str:
    """Return the address of a page that a council may leave out, or nothing."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def day(value: date | datetime | None) -> str:
    """Write a date in full, ``4 April 2026``; nothing where there is none."""
    return "" if value is None else long_date(_local(value))


def short_day(value: date | datetime | None) -> str:
    """Write a date for a narrow column: ``4 Apr 2026``."""
    if value is None:
        return ""
    local = _local(value)
    return f"{local.day} {local:%b %Y}"


def day_time(value: datetime | None) -> str:
    """Write a moment as people say it: ``4 April 2026 at 2:05pm``."""
    if value is None:
        return ""
    local = localtime(value) if is_aware(value) else value
    hour = local.hour % 12 or 12
    return f"{long_date(local)} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def moment(value: date | datetime) -> str:
    """Write a date, or a moment with its time."""
    return day_time(value) if isinstance(value, datetime) else day(value)


def merged(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """Return one mapping of both; the second wins."""
    return first | second


def iso(value: date | datetime) -> str:
    """Write a date or moment for a machine, as the ``datetime`` of a ``<time>``."""
    return value.isoformat()


def weekly(pence: int) -> str:
    """Write a weekly sum: ``£312.40 a week``."""
    return f"{pounds(pence)} a week"


def yearly(pence: int) -> str:
    """Write a yearly sum: ``£16,244.80 a year``."""
    return f"{pounds(pence)} a year"


def change(pence: int) -> str:
    """Write a sum that is added or taken away with its sign: ``+£12.00``, ``−£3.50``, ``£0.00``."""
    return f"+{pounds(pence)}" if pence > 0 else pounds(pence)


def count(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun: ``1 answer``, ``3 answers``, ``2,000 people``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _local(value: date | datetime) -> date | datetime:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value
