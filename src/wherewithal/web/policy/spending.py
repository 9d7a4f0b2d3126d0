"""Local practice about spending and employing: every choice, with its default and why."""

from wherewithal.web.policy.choices import Choice

SPENDING: tuple[Choice, ...] = (
    Choice(
        "spending_answer_days",
        "Working days to answer “May I use my money for …?”",
        5,
        "working days",
        "A local choice: people wait with buying until they hear.",
        least=1,
    ),
    Choice(
        "pa_insurance_yearly",
        "Employers’ insurance for someone who employs a personal assistant",
        6_100,
        "pence a year",
        "Shropshire paid £61 a year in 2024/25.",
    ),
    Choice(
        "pa_payroll_weekly",
        "A payroll service for someone who employs a personal assistant",
        1_000,
        "pence a week",
        "Shropshire paid £5 to £10 a week in 2024/25: the upper end, so that nobody is short.",
    ),
    Choice(
        "pa_training_yearly",
        "Training for personal assistants, for each employer",
        0,
        "pence a year",
        "No published figure was found. Set what your council pays for.",
    ),
)
