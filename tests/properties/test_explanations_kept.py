"""The JSON form of an explanation fits its schema, and reads back equal, whatever the scheme."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import AnswerLine, Answers, PriceHours, Step, explain
from wherewithal.allocation.form import KEYS, FormMistake, from_json, schema
from wherewithal.scheme import packaged

SCHEMA = schema()
CHECKER = jsonschema.Draft202012Validator(SCHEMA)


def form() -> dict[str, Any]:
    scheme = packaged("standard-adult")
    said = {q.code: q.options[1].code for q in scheme.questions}
    answers = Answers(said, {"wash": 50}, carer_willing=True, carer_able=True)
    return dict(json.loads(json.dumps(explain(scheme, answers).to_json())))


@QUICK
@given(st.data())
def test_every_explanation_fits_the_schema_and_reads_back_equal(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    told = explain(scheme, data.draw(people(scheme)))
    sent = json.loads(json.dumps(told.to_json()))
    CHECKER.validate(sent)
    assert from_json(sent) == told


def test_the_schema_is_itself_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_tells_every_field_and_no_other() -> None:
    for kind, name in ((AnswerLine, "line"), (PriceHours, "hours"), (Step, "step")):
        told = SCHEMA["$defs"][name]
        assert tuple(told["properties"]) == kind._fields
        assert set(told["required"]) == set(kind._fields)
    assert tuple(SCHEMA["properties"]) == KEYS == tuple(form())
    assert set(SCHEMA["required"]) == set(KEYS)


def test_the_schema_describes_every_field_in_words() -> None:
    parts = [SCHEMA, *SCHEMA["$defs"].values()]
    silent = [
        name
        for part in parts
        for name, field in part.get("properties", {}).items()
        if len(field.get("description", "")) < 10
    ]
    assert silent == []


MENDS: list[tuple[str, Any, str]] = [
    ("explanation", 2, "explanation: 2 is not the version 1 of this form."),
    ("outcome", "maybe", "outcome: 'maybe' is none of figure, incomplete, cost-it-bottom-up."),
    ("total", 28461, "total: 28461 is not what the lines add up to, "),
    ("total", 284.6, "total: 284.6 is not a whole number of pence."),
    ("total", None, "total: None does not go with the outcome figure."),
    ("help_taken_away", 0, "help_taken_away: 0 is not total_without_help less total, "),
    ("lines", {}, "lines: {} is not a list."),
    ("because", [7], "because[0]: 7 is not text."),
    ("more", 1, "explanation: it has more, which this form does not know."),
]


@pytest.mark.parametrize(("key", "value", "message"), MENDS)
def test_what_is_no_explanation_is_refused_by_place(key: str, value: Any, message: str) -> None:
    sent = form() | {key: value}
    with pytest.raises(FormMistake) as refused:
        from_json(sent)
    assert str(refused.value).startswith(message)
    assert from_json(form()).total is not None


def test_what_is_wrong_in_a_row_is_named_with_its_place() -> None:
    sent = form()
    sent["lines"][2]["minutes"] = "1/0"
    with pytest.raises(FormMistake, match=r"lines\[2\].minutes: '1/0' is not an exact number"):
        from_json(sent)
    sent = form()
    del sent["steps"][1]["rule"]
    with pytest.raises(FormMistake, match=r"steps\[1\]: it lacks rule"):
        from_json(sent)
    with pytest.raises(FormMistake, match="None is not the version 1"):
        from_json([])
