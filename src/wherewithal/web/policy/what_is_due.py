"""What a council chooses about when money is due, pauses, and what providers bill."""

from wherewithal.web.policy.choices import Choice

WHAT_IS_DUE: tuple[Choice, ...] = (
    Choice(
        "payment_advance_days",
        "Days before a payment period begins that its money is there",
        0,
        "days",
        "0 pays on the first day. Dorset pays individual service funds two weeks ahead.",
    ),
    Choice(
        "payments_began",
        "First day that is paid for from here",
        "2000-01-01",
        "date",
        "Days before it were settled in the system that was used until then.",
    ),
    Choice(
        "hospital_full_days",
        "Days of a hospital stay on which everything goes on being paid",
        28,
        "days",
        "So that personal assistants are still there when someone comes home. A local choice.",
    ),
    Choice(
        "invoice_tolerance_percent",
        "A bill may be above the plan by up to this and still be paid in one press",
        5,
        "percent",
        "A local choice: weeks differ, and a few pence are not worth an argument.",
    ),
    Choice(
        "invoice_tolerance_pence",
        "Or by up to this sum, whichever is more",
        500,
        "pence",
        "A local choice: on a small line a percentage is next to nothing.",
    ),
    Choice(
        "own_bill_days",
        "Days to pay a bill for a contribution",
        28,
        "days",
        "A local choice: long enough for one payment of a pension or benefit to arrive.",
    ),
)
