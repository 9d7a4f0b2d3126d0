"""The interface for other programs, from its own description."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.manual.markdown import page, table

from wherewithal.web.interface.api import api

ROOT = "/api/v1"


def interface() -> str:
    """Write every operation, what it is asked with and what it answers."""
    form: Mapping[str, Any] = api.get_openapi_schema(path_prefix=ROOT)
    intro = (
        f"{form['info']['description']}\n\nThe same in OpenAPI {form['openapi']} is at"
        f" `{ROOT}/openapi.json`. A question that can’t be answered gets a JSON object with"
        " `detail`: 401 without a key that opens it, 422 where a value is wrong, named with its"
        " place. Lists come a page at a time: ask again with the `after` that came with the page."
    )
    return page("The interface for other programs", intro, *_operations(form), *_shapes(form))


def _operations(form: Mapping[str, Any]) -> Iterator[str]:
    for path, ways in form["paths"].items():
        for way, told in ways.items():
            yield f"## {told['summary']}\n\n`{way.upper()} {path}`"
            yield str(told["description"])
            if asked := told.get("parameters"):
                rows = [
                    (f"`{each['name']}`", _kind(each["schema"]), each.get("description", ""))
                    for each in asked
                ]
                yield table(["asked with", "type", "what it says"], rows)
            answer = told["responses"][200]["content"]["application/json"]["schema"]
            yield f"Answers with `{_kind(answer)}`."


def _shapes(form: Mapping[str, Any]) -> Iterator[str]:
    for name, shape in form["components"]["schemas"].items():
        if "properties" in shape and name not in {"Input"}:
            rows = [
                (f"`{field}`", _kind(told), told.get("description", ""))
                for field, told in shape["properties"].items()
            ]
            yield f"## {_plain(name)}\n\n{shape.get('description', '')}"
            yield table(["field", "type", "what it says"], rows)


def _kind(told: Mapping[str, Any]) -> str:
    if "$ref" in told:
        return _plain(told["$ref"].rsplit("/", 1)[1])
    if "anyOf" in told:
        return " or ".join(_kind(each) for each in told["anyOf"])
    if told.get("type") == "array":
        return f"list of {_kind(told['items'])}"
    return str(told.get("format", told.get("type", "anything")))


def _plain(name: str) -> str:
    """Write the name of a shape as people say it: ``Page_BudgetOut_`` → ``page of Budget``."""
    if name.startswith("Page_"):
        return f"page of {_plain(name.removeprefix('Page_').strip('_'))}"
    return name.removesuffix("Out")
