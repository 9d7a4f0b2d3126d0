"""The peer: the measured scheme written for OpenFisca, run in an environment of its own.

Only ``bench.peers`` starts this file, as ``python openfisca_peer.py FOLDER``. The folder holds the
columns as ``.npy`` files and the scheme's numbers as ``numbers.json``; the figures and the times
are written beside them. OpenFisca is under the AGPL: nothing else here imports it.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core import (  # type: ignore[import-not-found]  # only in its own environment
    entities,
    parameters,
    periods,
    simulations,
    taxbenefitsystems,
    variables,
)

PERIOD = "2026-04"
MONTH = periods.DateUnit.MONTH
Numbers = dict[str, Any]
Formula = Callable[[Any, Any, Any], Any]
PERSON = entities.build_entity(key="person", plural="persons", label="Person", is_person=True)


def variable(name: str, kind: type, formula: Formula | None = None) -> Any:
    """Make a variable of a person; without a formula it is an input."""
    parts = {"value_type": kind, "entity": PERSON, "definition_period": MONTH}
    return type(name, (variables.Variable,), parts | ({"formula": formula} if formula else {}))


def inputs(numbers: Numbers, share: type) -> list[Any]:
    """Make the variables that are given."""
    asked = [*numbers["points"], "area"]
    made = [variable(f"answer_{code}", int) for code in asked]
    made += [variable(f"share_{code}", share) for code in numbers["points"]]
    return [*made, variable("alone", bool), variable("changing", bool)]


def as_people_write_it(numbers: Numbers) -> list[Any]:
    """Write the scheme in floats, with a marginal-rate scale for the curve."""

    def left(code: str, points: list[int]) -> Formula:
        table = np.array(points)

        def formula(person: Any, period: Any, _: Any) -> Any:
            answer, share = person(f"answer_{code}", period), person(f"share_{code}", period)
            return table[answer] * (1 - share)

        return formula

    def adjusted(person: Any, period: Any, _: Any) -> Any:
        points = sum(person(f"left_{code}", period) for code in numbers["points"])
        raised = points * np.where(person("alone", period), 1.10, 1)
        raised = raised * np.where(person("changing", period), 1.15, 1)
        return np.floor(raised * 100 + 0.5) / 100

    def budget(person: Any, period: Any, rates: Any) -> Any:
        points = person("adjusted", period)
        factor = np.array(numbers["area"])[person("answer_area", period)]
        priced = rates(period).curve.calc(points) * factor
        within = np.clip(priced, numbers["least"], numbers["most"])
        return np.floor(np.where(points > 0, within, 0) * 100 + 0.5) / 100

    made = [
        variable(f"left_{code}", float, left(code, points))
        for code, points in numbers["points"].items()
    ]
    made += [variable("adjusted", float, adjusted), variable("budget", float, budget)]
    return [*inputs(numbers, float), *made]


def in_whole_numbers(numbers: Numbers) -> list[Any]:
    """Write the scheme exactly: hundredths of points, pence, and integer division."""
    across = np.array([x * 100 for x, _ in numbers["knots"]], np.int64)
    up = np.array([round(y * 100) for _, y in numbers["knots"]], np.int64)
    factors = np.array([round(each * 10_000) for each in numbers["area"]], np.int64)

    def left(code: str, points: list[int]) -> Formula:
        table = np.array(points, np.int32)

        def formula(person: Any, period: Any, _: Any) -> Any:
            answer, share = person(f"answer_{code}", period), person(f"share_{code}", period)
            return table[answer] * (100 - share)

        return formula

    def adjusted(person: Any, period: Any, _: Any) -> Any:
        points = sum(person(f"left_{code}", period).astype(np.int64) for code in numbers["points"])
        alone = np.where(person("alone", period), 11, 10)
        changing = np.where(person("changing", period), 23, 20)
        return (points * alone * changing + 100) // 200

    def budget(person: Any, period: Any, _: Any) -> Any:
        points = person("adjusted", period).astype(np.int64)
        place = np.minimum(np.searchsorted(across, points, side="right") - 1, len(up) - 2)
        run, rise = np.diff(across)[place], np.diff(up)[place]
        pence = up[place] * run + (points - across[place]) * rise
        scaled = pence * factors[person("answer_area", period)]
        unit = run * 10_000
        least, most = round(numbers["least"] * 100) * unit, round(numbers["most"] * 100) * unit
        within = np.clip(scaled, least, most)
        return np.where(points > 0, (2 * within + unit) // (2 * unit), 0)

    made = [
        variable(f"left_{code}", int, left(code, points))
        for code, points in numbers["points"].items()
    ]
    made += [variable("adjusted", int, adjusted), variable("budget", int, budget)]
    return [*inputs(numbers, int), *made]


def system(made: list[Any], numbers: Numbers) -> Any:
    """Build the tax and benefit system, with the curve as a scale of marginal rates."""
    built = taxbenefitsystems.TaxBenefitSystem([PERSON])
    knots = numbers["knots"]
    brackets = [
        {"threshold": {"2026-01-01": x0}, "rate": {"2026-01-01": (y1 - y0) / (x1 - x0)}}
        for (x0, y0), (x1, y1) in pairwise(knots)
    ]
    built.parameters = parameters.ParameterNode("", data={"curve": {"brackets": brackets}})
    for each in made:
        built.add_variable(each)
    return built


def given(columns: dict[str, Any], codes: list[str], *, whole: bool) -> dict[str, Any]:
    """Put the columns into the form OpenFisca holds them in; this is not timed."""
    held = {f"answer_{code}": columns[code].astype(np.int32) for code in [*codes, "area"]}
    for code in codes:
        share = columns[f"{code}.help"]
        held[f"share_{code}"] = share.astype(np.int32) if whole else (share / 100).astype("f4")
    return held | {name: columns[name].astype(bool) for name in ("alone", "changing")}


def calculate(built: Any, held: dict[str, Any], *, trace: bool = False) -> Any:
    """Run one simulation and return it, with everything worked out."""
    count = len(held["alone"])
    run = simulations.SimulationBuilder().build_default_simulation(built, count)
    run.trace = trace
    for name, column in held.items():
        run.set_input(name, PERIOD, column)
    run.calculate("budget", PERIOD)
    return run


def fastest(work: Callable[[], object], times: int) -> float:
    """Return the seconds of the fastest run."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def traced(built: Any, held: dict[str, Any]) -> list[str]:
    """Return the trace of the first person, as OpenFisca prints it."""
    run = calculate(built, {name: column[:1] for name, column in held.items()}, trace=True)
    lines: list[str] = run.tracer.computation_log.lines()
    return lines


def main(folder: Path) -> None:
    """Measure both forms and write what came out."""
    numbers = json.loads((folder / "numbers.json").read_text(encoding="utf-8"))
    columns = {path.stem: np.load(path) for path in folder.glob("in/*.npy")}
    codes = list(numbers["points"])
    found: dict[str, float] = {}
    for name, form in (("exact", in_whole_numbers), ("idiomatic", as_people_write_it)):
        built = system(form(numbers), numbers)
        held = given(columns, codes, whole=name == "exact")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        run = calculate(built, held)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        budget = run.calculate("budget", PERIOD)
        pence = budget if name == "exact" else np.rint(budget.astype("f8") * 100)
        np.save(folder / f"{name}.npy", pence.astype(np.int64))
        found[f"{name} MB"] = (peak - before) / 1024
        found[name] = fastest(partial(calculate, built, held), 3)
        lines = traced(built, held)
        found[f"{name} trace"] = fastest(partial(traced, built, held), 60)
        (folder / f"{name}.trace.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
