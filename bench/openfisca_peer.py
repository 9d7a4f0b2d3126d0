"""The peer: the measured scheme written for OpenFisca, run in an environment of its own.

It is written four times: in floats with a scale for the curve, as people write it, and exactly in
whole numbers; each of them once as OpenFisca's manual says, where answers are choices (``Enum``)
and a formula looks its numbers up in the parameters by them, and once with the numbers in arrays
within the code, which is faster and no longer open to inspection or to a reform.

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
    indexed_enums,
    parameters,
    periods,
    simulations,
    taxbenefitsystems,
    variables,
)

FORMS = {
    "idiomatic": {"floats": True, "arrays": False},
    "exact": {"floats": False, "arrays": False},
    "idiomatic, arrays": {"floats": True, "arrays": True},
    "exact, arrays": {"floats": False, "arrays": True},
}
"""Each way of writing it, by the name in the tables."""
LONG = 5.0
PERIOD = "2026-04"
MONTH = periods.DateUnit.MONTH
Numbers = dict[str, Any]
Formula = Callable[[Any, Any, Any], Any]
PERSON = entities.build_entity(key="person", plural="persons", label="Person", is_person=True)


def variable(name: str, kind: type, formula: Formula | None = None) -> Any:
    """Make a variable of a person; without a formula it is an input."""
    parts = {"value_type": kind, "entity": PERSON, "definition_period": MONTH}
    return type(name, (variables.Variable,), parts | ({"formula": formula} if formula else {}))


def choices(count: int) -> Any:
    """Make the choices of a question."""
    return indexed_enums.Enum("Choice", {f"choice_{n}": f"choice {n}" for n in range(count)})


def choice(name: str, count: int) -> Any:
    """Make an input that is one of some choices."""
    made = choices(count)
    parts = {"value_type": indexed_enums.Enum, "possible_values": made, "entity": PERSON,
             "default_value": next(iter(made)), "definition_period": MONTH}  # fmt: skip
    return type(name, (variables.Variable,), parts)


def inputs(numbers: Numbers, share: type, *, chosen: bool) -> list[Any]:
    """Make the variables that are given."""
    asked = numbers["points"] | {"area": numbers["area"]}
    made = [
        choice(f"answer_{code}", len(each)) if chosen else variable(f"answer_{code}", int)
        for code, each in asked.items()
    ]
    made += [variable(f"share_{code}", share) for code in numbers["points"]]
    return [*made, variable("alone", bool), variable("changing", bool)]


Look = Callable[[Any, Any, Any, str], Any]
"""How a formula gets at a question's points, or at the area's factor."""


def in_parameters(person: Any, period: Any, given: Any, code: str) -> Any:
    """Look up what belongs to an answer as the manual says."""
    return given(period)[code][person(f"answer_{code}", period)]


def in_arrays(tables: dict[str, list[float]]) -> Look:
    """Look up what belongs to an answer in arrays of the code."""
    held = {code: np.array(each) for code, each in tables.items()}
    return lambda person, period, _, code: held[code][person(f"answer_{code}", period)]


def as_people_write_it(codes: list[str], look: Look) -> list[Any]:
    """Write the formulas in floats, with a scale of marginal rates for the curve."""

    def left(code: str) -> Formula:
        def formula(person: Any, period: Any, given: Any) -> Any:
            return look(person, period, given, code) * (1 - person(f"share_{code}", period))

        return formula

    def adjusted(person: Any, period: Any, given: Any) -> Any:
        points = sum(person(f"left_{code}", period) for code in codes)
        times = given(period).times
        raised = points * np.where(person("alone", period), times.alone, 1)
        raised = raised * np.where(person("changing", period), times.changing, 1)
        return np.floor(raised * 100 + 0.5) / 100

    def budget(person: Any, period: Any, given: Any) -> Any:
        points, rates = person("adjusted", period), given(period)
        priced = rates.curve.calc(points) * look(person, period, given, "area")
        within = np.clip(priced, rates.least, rates.most)
        return np.floor(np.where(points > 0, within, 0) * 100 + 0.5) / 100

    made = [variable(f"left_{code}", float, left(code)) for code in codes]
    return [*made, variable("adjusted", float, adjusted), variable("budget", float, budget)]


def exactly(numbers: Numbers, look: Look) -> list[Any]:
    """Write the formulas in hundredths of points and in pence, with whole division."""
    codes = list(numbers["points"])
    across = np.array([x * 100 for x, _ in numbers["knots"]], np.int64)
    up = np.array([round(y * 100) for _, y in numbers["knots"]], np.int64)

    def left(code: str) -> Formula:
        def formula(person: Any, period: Any, given: Any) -> Any:
            points = look(person, period, given, code).astype(np.int64)
            return points * (100 - person(f"share_{code}", period))

        return formula

    def adjusted(person: Any, period: Any, _: Any) -> Any:
        points = sum(person(f"left_{code}", period).astype(np.int64) for code in codes)
        alone = np.where(person("alone", period), 11, 10)
        changing = np.where(person("changing", period), 23, 20)
        return (points * alone * changing + 100) // 200

    def budget(person: Any, period: Any, given: Any) -> Any:
        points = person("adjusted", period).astype(np.int64)
        place = np.minimum(np.searchsorted(across, points, side="right") - 1, len(up) - 2)
        run, rise = np.diff(across)[place], np.diff(up)[place]
        pence = up[place] * run + (points - across[place]) * rise
        scaled = pence * look(person, period, given, "area").astype(np.int64)
        unit = run * 10_000
        least, most = round(numbers["least"] * 100) * unit, round(numbers["most"] * 100) * unit
        within = np.clip(scaled, least, most)
        return np.where(points > 0, (2 * within + unit) // (2 * unit), 0)

    made = [variable(f"left_{code}", int, left(code)) for code in codes]
    return [*made, variable("adjusted", int, adjusted), variable("budget", int, budget)]


def parameter(value: float) -> dict[str, Any]:
    """Say what a parameter is."""
    return {"values": {"2026-01-01": {"value": value}}}


def choosing(values: list[float]) -> dict[str, Any]:
    """Say what a parameter is for each choice."""
    return {f"choice_{n}": parameter(value) for n, value in enumerate(values)}


def system(numbers: Numbers, *, floats: bool, arrays: bool) -> Any:
    """Build the tax and benefit system, with its numbers in the parameters."""
    factors = [each if floats else round(each * 10_000) for each in numbers["area"]]
    tables = numbers["points"] | {"area": factors}
    look = in_arrays(tables) if arrays else in_parameters
    made = inputs(numbers, float if floats else int, chosen=not arrays)
    made += as_people_write_it(list(numbers["points"]), look) if floats else exactly(numbers, look)
    built = taxbenefitsystems.TaxBenefitSystem([PERSON])
    knots = numbers["knots"]
    brackets = [
        {"threshold": {"2026-01-01": x0}, "rate": {"2026-01-01": (y1 - y0) / (x1 - x0)}}
        for (x0, y0), (x1, y1) in pairwise(knots)
    ]
    given = {
        **{code: choosing(each) for code, each in tables.items()},
        "curve": {"brackets": brackets},
        "times": {"alone": parameter(1.10), "changing": parameter(1.15)},
        "least": parameter(numbers["least"]),
        "most": parameter(numbers["most"]),
    }
    built.parameters = parameters.ParameterNode("", data=given)
    for each in made:
        built.add_variable(each)
    return built


def given(
    columns: dict[str, Any], numbers: Numbers, *, floats: bool, arrays: bool
) -> dict[str, Any]:
    """Put the columns into the form OpenFisca holds them in; this is not timed."""
    asked = numbers["points"] | {"area": numbers["area"]}
    held = {
        f"answer_{code}": columns[code].astype(np.int32)
        if arrays
        else indexed_enums.EnumArray(columns[code], choices(len(each)))
        for code, each in asked.items()
    }
    for code in numbers["points"]:
        share = columns[f"{code}.help"]
        held[f"share_{code}"] = (share / 100).astype("f4") if floats else share.astype(np.int32)
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
    """Return the seconds of the fastest run; what takes long is run once."""
    seconds: list[float] = []
    while len(seconds) < times and sum(seconds) < LONG:
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
    """Measure every form and write what came out."""
    numbers = json.loads((folder / "numbers.json").read_text(encoding="utf-8"))
    columns = {path.stem: np.load(path) for path in folder.glob("in/*.npy")}
    found: dict[str, float] = {}
    for name, form in FORMS.items():
        built, held = system(numbers, **form), given(columns, numbers, **form)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        run = calculate(built, held)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        budget = run.calculate("budget", PERIOD)
        pence = np.rint(budget.astype("f8") * 100) if form["floats"] else budget
        np.save(folder / f"{name}.npy", pence.astype(np.int64))
        found[f"{name} MB"] = (peak - before) / 1024
        found[name] = fastest(partial(calculate, built, held), 3)
        lines = traced(built, held)
        found[f"{name} trace"] = fastest(partial(traced, built, held), 60)
        (folder / f"{name}.trace.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
