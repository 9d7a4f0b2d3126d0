"""The council's choices about charging, each with its source and whom it can put at a disadvantage.

A charging policy that weighs on severely disabled people without need is unlawful (*R (SH) v
Norfolk County Council* [2020] EWHC 3436 (Admin)), so each of these carries an equality note, and
is changed only with a written one.
"""

from wherewithal.charging.rules import kinds
from wherewithal.web.policy.choices import Choice

NORFOLK = (
    "People with the most severe disabilities cannot earn, and live on the benefits that count in"
    " full. In 2020 the High Court found that one council had, without meaning to, charged them a"
    " larger share than others (R (SH) v Norfolk)."
)
LEAVES_MORE = "It leaves people with more. Nobody pays more because of it."

CHARGING: tuple[Choice, ...] = (
    Choice(
        "charge_percentage",
        "Share of available income that is charged",
        100,
        "percent",
        "Up to 100; a lower share is a local choice (statutory guidance, chapter 8).",
        equality=f"{NORFOLK} A share below 100 eases that; a rise weighs most on them.",
    ),
    Choice(
        "charge_carers",
        "Charge carers for support of their own",
        False,
        "yes or no",
        "A council may, but guidance advises against it (Care Act 2014, section 14).",
        equality="Most carers are women, and many have given up pay. Charging carers weighs on"
        " them, and can end the care that they give.",
    ),
    Choice(
        "minimum_charge_weekly",
        "Charges below this are not collected",
        0,
        "pence a week",
        "A local choice: Reading, for one, does not collect less than £1.25 (2024/25).",
        equality=LEAVES_MORE,
    ),
    Choice(
        "maximum_charge_weekly",
        "The most anyone pays (£0.00: no such limit)",
        0,
        "pence a week",
        "A local choice: guidance lets a council set a maximum (chapter 8).",
        equality="It helps people who need the most support: without it, whoever needs more may pay"
        " more. Taking it away falls on the most disabled.",
    ),
    Choice(
        "guarantee_uplift_percent",
        "Added to the minimum that everybody keeps, in percent",
        0,
        "percent",
        "Never below the national minimum (SI 2014/2672, regulation 7). Reading adds 3% (2024/25),"
        " one council 25%.",
        equality=f"{NORFOLK} Adding to what everybody keeps is one remedy. Check both age groups:"
        " people below pension age keep far less.",
    ),
    Choice(
        "guarantee_uplift_weekly",
        "Added to the minimum that everybody keeps, in pounds",
        0,
        "pence a week",
        "Never below the national minimum (SI 2014/2672, regulation 7). Gloucestershire adds £5.",
        equality="The same sum helps most those who keep least: people below pension age.",
    ),
    Choice(
        "night_care_not_counted",
        "Do not count the part of a benefit meant for care at night, where none is given",
        True,
        "yes or no",
        "The step from the lower to the higher rate, as Knowsley does (£35.90 a week, 2024/25).",
        equality=f"{NORFOLK} Counting the whole of the higher rate was part of it. Turned off, it"
        " falls only on people who have that rate, who are the most disabled.",
    ),
    Choice(
        "upper_capital_limit",
        "Our own upper limit for savings (£0.00: the national one)",
        0,
        "pence",
        "Never below the national limit (SI 2014/2672, regulation 12): a council may be kinder.",
        equality=f"{LEAVES_MORE} Older people have savings more often, so they gain first.",
    ),
    Choice(
        "lower_capital_limit",
        "Our own lower limit for savings (£0.00: the national one)",
        0,
        "pence",
        "Never below the national limit (SI 2014/2672, regulation 25): a council may be kinder.",
        equality=f"{LEAVES_MORE} Older people have savings more often, so they gain first.",
    ),
    Choice(
        "standard_expenses_weekly",
        "Disability costs that everybody keeps without asking",
        0,
        "pence a week",
        "A floor, never a ceiling: whoever has more costs keeps more. Reading: £10.85 (2024/25).",
        equality="It helps people who find forms hard. It must never stand in for asking: the most"
        " disabled have the highest costs.",
    ),
    Choice(
        "arrangement_fee_yearly",
        "What it costs us a year to arrange support for people above the upper limit",
        0,
        "pence a year",
        "Only our own cost, only where they ask us and agree first, never for a carer (Care Act"
        " 2014, section 14(1)(b); SI 2014/2672, regulation 5).",
        equality="It falls on people who cannot arrange support themselves: those who cannot decide"
        " or speak for themselves, or who have no family.",
    ),
    Choice(
        "charge_notice_days",
        "Days before a charge goes up that the person is told",
        28,
        "days",
        "Reasonable notice, before it starts; 28 days is the least that we set.",
        least=28,
        equality="Short notice weighs most on people who need time, help or another format to read"
        " a letter, and on those with nothing put by.",
    ),
    Choice(
        "charge_review_weeks",
        "Weeks after which a charge is looked at again",
        52,
        "weeks",
        "At least once a year, and when things change (statutory guidance, chapter 8).",
        equality="People whose costs of disability rise are the ones who lose by a late look.",
    ),
    *(
        Choice(
            f"local_housing_{kind.id.replace('-', '_')}",
            f"Count {kind.label} as a cost of the home",
            False,
            "yes or no",
            f"{kind.source}. Home costs are kept in full.",
            equality=LEAVES_MORE,
        )
        for kind in kinds("housing").values()
        if kind.local
    ),
)
