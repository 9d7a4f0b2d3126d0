"""The scheme in force and the rate card of the made-up council, each figure with its source."""

from datetime import date

from wherewithal.scheme import Scheme, packaged_text
from wherewithal.web.policy.models import Rate, SchemeVersion

IN_FORCE = date(2026, 4, 1)
UNAUDITED = (
    "It came with the product, and was in force before this council knew anybody. So no equality"
    " report was made of it here. Make one now, and read it."
)
SHROPSHIRE = "Shropshire Council direct payment rates 2024/25, one council’s own rule"
RATES = (
    (
        "home-care", "An hour of home care", "hour", 2410,
        "Homecare Association, average fee that councils paid in England 2025-26", False,
    ),
    (
        "home-care-night", "An hour of home care at night", "hour", 2892,
        "Our own assumption: the hour of home care and a fifth more", False,
    ),
    (
        "personal-assistant-pay", "An hour of a personal assistant’s pay, at least", "hour", 1271,
        "National Living Wage from April 2026, aged 21 and over", True,
    ),
    (
        "personal-assistant", "An hour of a personal assistant, pay and what employing costs",
        "hour", 1602,
        "National Living Wage and 26.08% on top, the share Norfolk allowed in 2023/24", False,
    ),
    (
        "agency-assistant", "An hour of a personal assistant from an agency, up to", "hour", 2469,
        SHROPSHIRE, False,
    ),
    ("mileage", "A mile by car", "mile", 45, SHROPSHIRE, False),
)  # fmt: skip


def publish(scheme: Scheme) -> SchemeVersion:
    """Put the scheme in force, unless it is already."""
    version, _ = SchemeVersion.objects.get_or_create(
        code=scheme.code,
        version=scheme.version,
        defaults={
            "title": scheme.title,
            "document": packaged_text(scheme.code),
            "hash": scheme.hash,
            "status": SchemeVersion.Status.PUBLISHED,
            "published_on": IN_FORCE,
            "unaudited_because": UNAUDITED,
        },
    )
    return version


def set_rates() -> None:
    """Put the rates in, beside any that are there."""
    Rate.objects.bulk_create(
        (
            Rate(
                code=code, label=label, unit=unit, pence=pence, starts=IN_FORCE, source=source,
                verified=verified,
            )
            for code, label, unit, pence, source, verified in RATES
        ),
        ignore_conflicts=True,
    )  # fmt: skip
