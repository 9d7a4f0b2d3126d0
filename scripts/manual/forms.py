"""The JSON form of an explanation, from its schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.manual.markdown import page, table

from wherewithal.allocation.form import schema


def explanation_form() -> str:
    """Write every field of the form, object by object."""
    form = schema()
    intro = (
        "`wherewithal allocate SCHEME ANSWERS.csv --explain ID --json` prints this form, and "
        "`wherewithal.allocation.form.from_json` reads it back. Its JSON Schema (draft 2020-12) "
        "comes along as `wherewithal/allocation/explanation.schema.json`; `form.schema()` returns "
        "it. A form whose sums do not add up is refused."
    )
    blocks = [form["description"], intro, "## The whole", _fields(form)]
    for name, part in form["$defs"].items():
        words = f"{part['description']}"
        if "properties" in part:
            blocks += [f"## Each of `{_list_of(form, name)}`", words, _fields(part)]
        else:
            blocks += [f"## A number that is {name}", f"{words} Pattern: `{part['pattern']}`."]
    return page("The JSON form of an explanation", *blocks)


def _list_of(form: Mapping[str, Any], name: str) -> str:
    return next(
        str(key)
        for key, field in form["properties"].items()
        if field.get("items", {}).get("$ref") == f"#/$defs/{name}"
    )


def _fields(part: Mapping[str, Any]) -> str:
    return table(["field", "type", "what it says"], _rows(part, ""))


def _rows(part: Mapping[str, Any], before: str) -> Iterator[tuple[str, str, str]]:
    for name, field in part["properties"].items():
        yield f"`{before}{name}`", _type(field), field["description"]
        inner = field.get("items")
        if isinstance(inner, Mapping) and "properties" in inner:
            yield from _rows(inner, f"{name}[].")


def _type(field: Mapping[str, Any]) -> str:
    if "const" in field:
        return f"always `{field['const']}`"
    if "enum" in field:
        return "one of " + ", ".join(f"`{each}`" for each in field["enum"])
    if "$ref" in field:
        return str(field["$ref"]).removeprefix("#/$defs/") + " number"
    kind = field["type"]
    return " or ".join(kind) if isinstance(kind, list) else str(kind)
