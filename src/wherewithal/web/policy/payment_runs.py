"""Local practice in payment runs: what is looked at before money goes, and how far ahead."""

from wherewithal.web.policy.choices import Choice

PAYMENT_RUNS: tuple[Choice, ...] = (
    Choice(
        "run_change_percent",
        "A payment that differs from the last one by more than this is named before it goes",
        20,
        "percent",
        "A local choice: someone looks once more at what changed most.",
    ),
    Choice(
        "account_new_days",
        "An account counts as new for",
        28,
        "days",
        "A local choice: money sent to an account that was changed by a fraud is hard to get back.",
    ),
    Choice(
        "late_alarm_days",
        "Late payments are looked for this many working days ahead",
        10,
        "days",
        "A local choice: long enough to get a paper signed and still pay on time.",
    ),
)
