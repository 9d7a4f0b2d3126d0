"""What each key of a scheme document means; the reader itself says which keys there are."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from wherewithal.scheme.document.marked import Block

PLACES = {
    "document": "The document",
    "money": "`money`",
    "sources": "A source, under `sources`",
    "sections": "A section, under `sections`",
    "prices": "A price, under `prices`",
    "questions": "A question, under `questions`",
    "options": "An option, under a question's `options`",
    "adds": "`adds`, in a question",
    "lines": "A line, under `lines`",
    "costed-by-hand": "A rule, in the list `costed-by-hand`",
}

_LABEL = "What people read. Its code, if left out."
_SOURCE = "The code of a source."
_STEP = {
    "kind": "Which kind of step it is.",
    "label": _LABEL,
    "of": "The code of the step that is read.",
    "unit": "The unit of the value: `minutes`, `money`, or a word of your own.",
    "source": _SOURCE,
}
KEYS: dict[str, dict[str, str]] = {
    "document": {
        "scheme": "The scheme's code: letters, digits and hyphens.",
        "version": "The version. A published version never changes; write a new one.",
        "title": "What the scheme is called.",
        "summary": "How it works, in two or three plain sentences.",
        "money": "Currency, period and rounding; see below.",
        "source": "The code of the source of the scheme itself.",
        "sources": "Where the numbers come from, by code.",
        "sections": "Parts of the questionnaire, by code.",
        "prices": "What an hour costs, by code. May be left out.",
        "questions": "What is asked, by code.",
        "steps": "Further arithmetic, by code. May be left out where `adds` says it all.",
        "lines": "Steps that are paid, by code. A question with `adds` makes its own line.",
        "costed-by-hand": "When the figure would be a guess. A list; may be left out.",
    },
    "money": {
        "currency": "`GBP`, `EUR` or `USD`.",
        "per": "`week`, `month` or `year`: the time that a figure is for.",
        "rounding": "How each line becomes whole pence: `half-up`, `half-even`, `down` or `up`.",
    },
    "sources": {
        "text": "What the source is, so that somebody else can find it.",
        "date": "From when it holds, like 2026-04-06.",
        "status": "`verified` or `unverified`.",
        "reason": "Why unverified numbers are used. Needed where they are.",
    },
    "sections": {"title": "The heading people see.", "intro": "A sentence under it."},
    "prices": {
        "label": "What people read.",
        "hourly": "Pounds an hour; or one rate for each time of day, like "
        "`{day: 24.10, night: 28.92}`, which makes the prices `CODE.day` and `CODE.night`.",
        "source": _SOURCE,
    },
    "questions": {
        "kind": "`one` (choose an option; the default), `several` (tick all that apply) or "
        "`number`.",
        "section": "The code of its section.",
        "ask": "The question, in plain words.",
        "hint": "What to think about.",
        "needs": "Outcomes of the Care Act that it bears on: a list of codes from A1 to A10.",
        "options": "The answers to choose from, by code, the least need first.",
        "from": "The smallest number. Only for `kind: number`.",
        "to": "The largest number. Only for `kind: number`.",
        "unit": "The unit of the number. Only for `kind: number`.",
        "order": "`rising` (the default: more need down the list, or with each tick) or `none`.",
        "family-can-help": "`yes` where family help can be recorded.",
        "may-not-apply": "`yes` where “does not apply” is an answer. It adds nothing: a choice "
        "and a pick come to 0, and nothing is counted.",
        "says": "Completes “You told us …”, with `{}` for the number.",
        "adds": "The short way to say what each answer adds; see below.",
    },
    "options": {
        "label": "What people choose.",
        "hint": "A sentence under it.",
        "says": "Completes “You told us …”.",
        "minutes": "Minutes of support a week. Only where the question `adds` minutes.",
        "points": "Points. Only where the question `adds` points.",
    },
    "adds": {
        "price": "The code of a price. Each option's `minutes` are paid at it. Not with points.",
        "source": _SOURCE,
        "unit": "`minutes a week` (or a month, a year, as under `money`), or `points`; written "
        "down so that nobody has to guess. Points have no price: the question CODE makes the step "
        "`CODE.points`, and other steps say what points come to.",
    },
    "lines": {
        "label": "What people read.",
        "of": "The step that is paid. It must be money.",
        "question": "The question it belongs to, for the order of lines and for reasons.",
    },
    "costed-by-hand": {
        "when": "Answers that lead here, by question: `[option, …]` or `{at-least: number}`. "
        "All must hold.",
        "total-above": "Or: a figure above this.",
        "because": "The reason, as the person reads it.",
        "source": "The code of a source. Needed for `total-above`.",
    },
    "choice": _STEP | {"question": "The question whose answer counts.",
                       "amounts": "A number for each option of the question. Those of ticked "
                                  "options are added up."},
    "count": _STEP | {"of": "The answers to count, by question: `[option, …]` or "
                            "`{at-least: number}`.",
                      "source": f"{_SOURCE} Needed where there is a number."},
    "pick": _STEP | {"question": "The question that tells the groups apart; its order is `none`.",
                     "of": "For each option of the question, the step whose value counts."},
    "sum": _STEP | {"of": "The steps to add: a list, or a mapping of step to weight.",
                    "plus": "A constant to add.",
                    "source": f"{_SOURCE} Needed where there are weights or a constant."},
    "square": _STEP,
    "product": _STEP | {"of": "The list of steps to multiply."},
    "highest": _STEP | {"of": "The list of steps whose largest value counts. All have one unit."},
    "lowest": _STEP | {"of": "The list of steps whose smallest value counts. All have one unit."},
    "after-help": _STEP | {"question": "The question whose family help is taken away.",
                           "counted": "How much of the share counts, from 0 to 1. 1 if left out.",
                           "still-funded": "Or a table: `[[0, 1], [50, 0.5]]`. From this "
                                           "percentage of help on, this share is still funded.",
                           "source": f"{_SOURCE} Needed where there is a number."},
    "cost": _STEP | {"price": "The code of a price."},
    "limit": _STEP | {"least": "The value may not go under this.",
                      "most": "The value may not go over this.",
                      "reason": "Why. It stands in the person's explanation."},
    "bands": _STEP | {"bands": "A list of `{from, below, amount}` without gap or overlap. "
                               "The last one has no `below`."},
    "curve": _STEP | {"knots": "A list of `[value, amount]`; straight lines join them."},
    "round": _STEP | {"to": "The multiple to round to.",
                      "rounding": "`half-up`, `half-even`, `down` or `up`."},
}  # fmt: skip


def asked_for(reads: Iterable[Callable[[], object]]) -> dict[str, tuple[str, ...]]:
    """Return the keys the reader asks for at each place while schemes are read.

    Raises:
        LookupError: a key has no words here, or words stand here for a key that is gone.
    """
    found: dict[str, list[str]] = {}
    with _watched(found):
        for read in reads:
            read()
    silent = [f"{place}: {key}" for place, keys in found.items() for key in keys
              if key not in KEYS.get(place, {})]  # fmt: skip
    gone = [f"{place}: {key}" for place, keys in KEYS.items() for key in keys
            if key not in _STEP and key not in found.get(place, [])]  # fmt: skip
    if silent or gone:
        raise LookupError(
            f"scripts/manual/keys.py has no words for {silent}, and words for {gone}, now gone."
        )
    return {place: tuple(keys) for place, keys in found.items()}


@contextmanager
def _watched(found: dict[str, list[str]]) -> Iterator[None]:
    close = Block.close

    def watch(block: Block) -> None:
        place = _place(block)
        if place:
            found.setdefault(place, []).extend(
                key for key in dict.fromkeys(block.asked) if key not in found[place]
            )
        close(block)

    with patch.object(Block, "close", watch):
        yield


def _place(block: Block) -> str:
    match block.path:
        case ():
            return "document"
        case (str() as name,):
            return name
        case ("steps", _):
            return next(str(node.value) for key, node in block.pairs if key == "kind")
        case ("questions", _, "options", _):
            return "options"
        case ("questions", _, "adds"):
            return "adds"
        case (
            ("sources" | "sections" | "prices" | "questions" | "lines" | "costed-by-hand") as name,
            _,
        ):
            return name
        case _:
            return ""  # a band, or a condition: told with the key that holds it
