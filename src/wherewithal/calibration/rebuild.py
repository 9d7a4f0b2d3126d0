"""Put fitted amounts back into a scheme, with where they come from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from wherewithal.calibration.curve import Shape
from wherewithal.calibration.parts import Chosen
from wherewithal.calibration.whole import Whole
from wherewithal.scheme import Scheme, Source
from wherewithal.scheme.steps import Band, Bands, Choice, Curve, Step

FITTED = "fitted"
"""The code of the source that fitted amounts name."""


def with_amounts(
    scheme: Scheme, chosen: Chosen, amounts: Sequence[Whole], source: str = ""
) -> tuple[Step, ...]:
    """Return a scheme's steps with whole amounts for the options that were fitted."""
    tables = {
        part.step: dict(zip(part.options, own.tolist(), strict=True))
        for part, own in zip(chosen.parts, amounts, strict=True)
    }
    steps: list[Step] = []
    for step in scheme.steps:
        if isinstance(step, Choice) and step.code in tables:
            fitted = {code: Fraction(value) for code, value in tables[step.code].items()}
            both = {**step.amounts, **fitted}
            steps.append(replace(step, amounts=both, source=source or step.source))
        else:
            steps.append(step)
    return tuple(steps)


def with_curve(
    steps: Iterable[Step], code: str, shape: Shape, heights: Whole, source: str
) -> tuple[Step, ...]:
    """Return steps with a fitted curve, or fitted bands, in place of the one of this code."""
    done: list[Step] = []
    for step in steps:
        if step.code == code and isinstance(step, Curve):
            pairs = zip(shape.starts.tolist(), heights.tolist(), strict=True)
            knots = tuple((Fraction(x), Fraction(y)) for x, y in pairs)
            done.append(replace(step, knots=knots, source=source))
        elif step.code == code and isinstance(step, Bands):
            bands = tuple(
                Band(band.start, band.below, Fraction(height))
                for band, height in zip(step.bands, heights.tolist(), strict=True)
            )
            done.append(replace(step, bands=bands, source=source))
        else:
            done.append(step)
    return tuple(done)


def fitted_version(version: str, on: date | None = None, target: str = "") -> str:
    """Return the version of a scheme fitted on a day: ``1-fitted-2026-11-22``.

    ``target`` names the column it was fitted to, where that is not what was agreed. A scheme
    fitted again has the day and the target of the last fit only.
    """
    first = re.sub(r"-fitted(-.*)?$", "", version)
    column = re.sub(r"[^A-Za-z0-9]+", "-", target).strip("-")
    return "-".join(filter(None, (first, "fitted", on.isoformat() if on else "", column)))


def fitted_title(title: str, on: date, target: str = "") -> str:
    """Return a title that says when a scheme was fitted, and to what if not to agreed plans."""
    first = re.sub(r", fitted \d{4}-\d\d-\d\d( to .*)?$", "", title)
    return f"{first}, fitted {on.isoformat()}{f' to {target}' if target else ''}"


def rebuilt(scheme: Scheme, steps: tuple[Step, ...], source: Source, target: str = "") -> Scheme:
    """Return the fitted scheme: its steps, version and title, and ``source`` among its sources.

    Sources that nothing names any more are left out. All static checks are made as it is built.
    """
    used = {getattr(step, "source", "") for step in steps} | {source.code}
    used |= {price.source for price in scheme.prices} | {rule.source for rule in scheme.by_hand}
    others = [each for each in scheme.sources if each.code in used - {source.code}]
    return replace(
        scheme,
        version=fitted_version(scheme.version, source.date, target),
        title=fitted_title(scheme.title, source.date, target),
        source=source,
        sources=(source, *others),
        steps=steps,
    )
