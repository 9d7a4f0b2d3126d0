"""A fit as a report: how near it comes, beside what, and what none of it can say."""

from datetime import date
from math import isnan

from wherewithal.calibration.accuracy import Accuracy
from wherewithal.calibration.fit import FITTED_NAME, PLAIN_NAME, Fit
from wherewithal.calibration.report_amounts import (
    amounts_section,
    count,
    curve_section,
    kept_section,
    worthless,
)
from wherewithal.calibration.report_groups import coverage_section, fairness_section
from wherewithal.calibration.report_measures import accuracy_section, tenths_section, totals_section
from wherewithal.money import pounds
from wherewithal.reports import Report

PAYMENTS_A_YEAR = {"week": 52, "year": 1}


def report(made: Fit, *, on: date, source: str) -> Report:
    """Make the report of a fit; ``source`` is what the file of cases is called."""
    sections = [
        accuracy_section(made),
        tenths_section(made),
        coverage_section(made),
        totals_section(made),
        *fairness_section(made),
        *curve_section(made),
        amounts_section(made),
        kept_section(made),
    ]
    return Report(
        f"How well it fits: {made.scheme.title}",
        lead(made),
        _facts(made, on, source),
        tuple(sections),
    )


def lead(made: Fit) -> tuple[str, ...]:
    """Return the first sentences: what was fitted to, how near it comes, and what it is not."""
    first = made.accuracy[0]
    said = []
    if made.asked.past_spend:
        said.append(
            f"This scheme is fitted to past spend ({made.asked.target}), not to what was agreed "
            "that people need. Whatever was unfair in past spend is copied into it."
        )
    said += [*_money(made), _how_near(made, first)]
    within = round(100 * first.within[1])
    said.append(
        f"{within} in 100 people get a figure within a fifth of their cost, and {100 - within} do "
        "not. A figure is where planning starts. It is not what anyone may have at most."
    )
    if made.asked.percentile is not None:
        everybody = made.coverage[0].covered or 0.0
        said.append(
            f"It was asked to cover {made.asked.percentile} in 100 people, and covers "
            f"{everybody:.0%} of those it had not seen. Look at the table by group before you "
            "rest on that number: it can be met by giving the people with most need too little."
        )
    if made.fairness is not None and made.fairness.possible:
        without = next(each.r2 for each in made.accuracy if each.name == PLAIN_NAME)
        said.append(
            "Each group asked about gets, of its agreed costs, at most "
            f"{100 * made.fairness.met:.1f} points less than everybody gets of theirs."
        )
        if not isnan(without):
            said.append(
                "Without that condition, fitted to the average, the scheme would account for "
                f"{without:.0%} of the differences."
            )
    if made.fairness is not None and not made.fairness.possible:
        said.append(
            f"No fit of these questions keeps every group within {made.fairness.asked:.0%} of the "
            f"whole. The nearest that can be is {made.fairness.nearest:.1%}, and that was fitted."
        )
    return (*said, *worthless(made))


def _money(made: Fit) -> list[str]:
    """Say what this fit does to all figures, to how many people, and who gets or loses one."""
    totals, scheme, hand = made.totals, made.before, made.by_hand
    change = totals.figures - totals.before
    times = PAYMENTS_A_YEAR[scheme.per]
    way, joint = ("adds", "to") if change > 0 else ("takes", "off")
    year = f": {pounds(abs(change) * times, symbol=scheme.symbol)} a year" if times > 1 else ""
    same = totals.people - totals.falls - totals.rises
    rest = f"rise for {count(totals.rises, made)}"
    if 0 < same < made.asked.fewest or 0 < totals.rises < made.asked.fewest:
        rest = f"rise or stay the same for {count(totals.rises + same, made)}"
    said = [
        f"This fit {way} {pounds(abs(change), symbol=scheme.symbol)} a {scheme.per} {joint} all "
        f"figures together{year}. Of {totals.people:,} people, figures fall for "
        f"{count(totals.falls, made)} and {rest}."
    ]
    if hand.given or hand.lost:
        said.append(
            f"By the rules of what is costed by hand, {count(hand.given, made)} people would newly "
            f"be given a figure, and {count(hand.lost, made)} would lose theirs. Limits in money "
            "stayed as they were while the amounts moved: look at each limit."
        )
    return said


def _how_near(made: Fit, first: Accuracy) -> str:
    if isnan(first.r2):
        return (
            f"The {first.people:,} people that the fit had not seen all have the same "
            f"{made.asked.costs}, so there are no differences to account for. Look at the file."
        )
    return (
        f"On {first.people:,} people that the fit had not seen, {FITTED_NAME.lower()} accounts for "
        f"{first.r2:.0%} of the differences in {made.asked.costs}. The scheme as it was accounts "
        f"for {_named(made, 'The scheme as it was'):.0%}."
    )


def _named(made: Fit, name: str) -> float:
    return next(each.r2 for each in made.accuracy if each.name == name)


def _facts(made: Fit, on: date, source: str) -> tuple[tuple[str, str], ...]:
    left = ", ".join(f"{count:,} ({why})" for why, count in made.left_out.items() if count)
    asked = made.asked
    return (
        ("Scheme", f"{made.scheme.code} {made.before.version}, now {made.scheme.version}"),
        ("Fingerprint of the fitted scheme", made.scheme.hash[:16]),
        ("Cases", source),
        ("Date", on.isoformat()),
        ("Fitted to", asked.costs),
        ("People learnt from", f"{made.learnt:,}"),
        ("People it was tried on", f"{made.tested:,}"),
        ("People left out", left or "nobody"),
        ("Resamples for intervals", f"{made.spread.resamples:,}" if made.spread else "none"),
        ("Number the chance draws start from", str(asked.seed)),
    )
