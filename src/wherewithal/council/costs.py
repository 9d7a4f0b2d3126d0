"""What meeting each person's needs would cost if all were treated alike."""

import numpy as np
from numpy.typing import NDArray

from wherewithal.allocation import Missing, evaluate
from wherewithal.council.answers import NOT_APPLICABLE, draw_help, draw_options
from wherewithal.council.draws import Draws
from wherewithal.council.figures import value
from wherewithal.council.needs import Needs, Pence
from wherewithal.council.people import Folk
from wherewithal.council.supporters import willing_and_able
from wherewithal.scheme import packaged

_SCHEME = "standard-adult"
_LEAST_PENCE = 1500
_LEAST_CARER_PENCE = 200
_CARE_HOME_NOISE = 0.1


def true_costs(draws: Draws, folk: Folk, needs: Needs) -> Pence:
    """Draw the weekly cost of meeting needs, in pence.

    For adults at home it is what their answers to the standard questions come to, after the help
    that a willing and able carer gives, times chance that is the same for everybody. So two people
    with like answers have like costs, whoever they are: nothing but an injustice can part them.
    """
    noise = draws.normal("cost")
    cost, carers = value("cost_of_need"), value("carer_weekly_cost")
    spread = cost["noise"]
    at_home = _basis(draws, folk, needs) * np.exp(spread * noise - spread**2 / 2)
    home = value("care_home_weekly_cost") * np.exp(_CARE_HOME_NOISE * noise)
    carer = carers["median"] * np.exp(carers["noise"] * noise)
    adult = np.maximum(at_home, _LEAST_PENCE)
    lived = np.where(folk.adult, adult, np.maximum(carer, _LEAST_CARER_PENCE))
    return np.asarray(np.floor(np.where(folk.care_home, home, lived) + 0.5), dtype=np.int64)


def _basis(draws: Draws, folk: Folk, needs: Needs) -> NDArray[np.float64]:
    """Return what the answers come to: from a high cost up, each further pound counts for part."""
    cost = value("cost_of_need")
    found = evaluate(packaged(_SCHEME), _columns(draws, folk, needs))
    lines = [f"line.{line.code}" for line in packaged(_SCHEME).lines]
    total = np.maximum(np.sum([found[line] for line in lines], axis=0), _LEAST_PENCE)
    over = np.maximum(total - cost["high_pence"], 0)
    return np.asarray(total - over * (1 - cost["beyond_high"]), dtype=np.float64)


def _columns(draws: Draws, folk: Folk, needs: Needs) -> dict[str, NDArray[np.int64]]:
    """Return what everybody would answer to the standard questions, as columns to evaluate."""
    questions = packaged(_SCHEME).questions
    chosen = draw_options(draws, folk, needs, questions)
    columns: dict[str, NDArray[np.int64]] = {}
    for question in questions:
        options = chosen[question.code]
        places = {option.code: place for place, option in enumerate(question.options)}
        places[NOT_APPLICABLE] = Missing.NOT_APPLICABLE.value
        columns[question.code] = np.array([places[code] for code in options.tolist()])
        if question.helpable:
            columns[f"{question.code}.help"] = draw_help(draws, folk, question, options)
    counts = (folk.has_carer & willing_and_able(draws)).astype(np.int64)
    return columns | {"carer_willing": counts, "carer_able": counts}
