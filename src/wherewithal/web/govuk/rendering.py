"""From a bound form field to GOV.UK markup, its label, hint and error together."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from markupsafe import Markup

from wherewithal.web.govuk.components import component
from wherewithal.web.govuk.date_field import PARTS
from wherewithal.web.govuk.look import Kind, LabelSize, Look

Params = dict[str, Any]


def field(
    bound: BoundField,
    *,
    label: str | None = None,
    hint: str | None = None,
    label_size: LabelSize | None = None,
    heading: bool | None = None,
    hidden_label: bool = False,
    reveals: Mapping[str, str] | None = None,
) -> Markup:
    """Render ``form["name"]``; the keywords override what the field itself says.

    ``reveals`` maps a radio's or checkbox's value to the markup that it opens beneath itself.
    """
    if bound.is_hidden:
        return Markup(str(bound))  # noqa: S704  Django's own widget escapes its value
    look = look_of(bound.field)
    if label_size is not None:
        look = replace(look, label_size=label_size)
    if heading is not None:
        look = replace(look, heading=heading)
    params = _shared(bound, look)
    if hint if hint is not None else bound.help_text:
        params["hint"] = {"text": hint or bound.help_text}
    title = _title(str(bound.label) if label is None else label, look, hidden=hidden_label)
    if look.kind in {"radios", "checkboxes", "date-input"}:
        params["fieldset"] = {"legend": title}
    else:
        params["label"] = title
    params |= _SPECIFIC[look.kind](bound, look, reveals or {})
    name = "character-count" if look.limit else look.kind
    return component(name, params)


def error_summary(*shown: forms.BaseForm, extra: Iterable[tuple[str, str]] = ()) -> Markup:
    """List every error of the forms, each a link to the box that mends it; nothing if none.

    ``extra`` are further errors of the page itself, as (text, address).
    """
    items = [item for form in shown for item in _form_errors(form)]
    items += [{"text": text, "href": href} for text, href in extra]
    if not items:
        return Markup()
    return component("error-summary", {"titleText": "There is a problem", "errorList": items})


def has_errors(*shown: forms.BaseForm) -> bool:
    """Say whether any of the forms was sent and has something to mend."""
    return any(form.is_bound and bool(form.errors) for form in shown)


def look_of(made: forms.Field) -> Look:
    """Return a field's own look, or a plain one by its widget for Django's own fields."""
    look = getattr(made, "look", None)
    if isinstance(look, Look):
        return look
    for widget, kind in _BY_WIDGET:
        if isinstance(made.widget, widget):
            return Look(kind)
    return Look("input")


def _form_errors(form: forms.BaseForm) -> list[Params]:
    """Return a form's errors; a form that is one line of several says which, as its ``line``."""
    if not form.is_bound:
        return []
    line = getattr(form, "line", "")
    found: list[Params] = []
    for name, errors in form.errors.as_data().items():
        for error in errors:
            href = f"#{_target(form[name], error)}" if name in form.fields else ""
            said = [f"{line}: {text}" if line else text for text in error.messages]
            found += [{"text": text, "href": href} for text in said]
    return found


def _target(bound: BoundField, error: ValidationError) -> str:
    if look_of(bound.field).kind == "date-input":
        return f"{bound.auto_id}_{_parts_at_fault(error)[0]}"
    return str(bound.auto_id)


def _parts_at_fault(error: ValidationError) -> tuple[str, ...]:
    params = getattr(error, "params", None) or {}
    return tuple(params.get("parts", PARTS))


def _shared(bound: BoundField, look: Look) -> Params:
    params: Params = {"name": bound.html_name, "id": bound.auto_id, "classes": look.classes}
    if bound.form.is_bound and bound.errors:
        params["errorMessage"] = {"text": bound.errors[0]}
    return params


def _title(label: str, look: Look, *, hidden: bool) -> Params:
    legend = look.kind in {"radios", "checkboxes", "date-input"}
    default: LabelSize | None = "l" if look.heading else None
    size = look.label_size or default or ("s" if legend else None)
    prefix = "govuk-fieldset__legend" if legend else "govuk-label"
    classes = "govuk-visually-hidden" if hidden else f"{prefix}--{size}" if size else ""
    return {"text": label, "classes": classes, "isPageHeading": look.heading}


def _input(bound: BoundField, look: Look, reveals: Mapping[str, str]) -> Params:
    kind = getattr(bound.field.widget, "input_type", "text")
    value = bound.value()
    params: Params = {
        "type": kind,
        "value": None if value is None or kind == "password" else str(value),
        "inputmode": look.inputmode or None,
        "autocomplete": look.autocomplete or bound.field.widget.attrs.get("autocomplete"),
    }
    if look.spellcheck is not None:
        params["spellcheck"] = look.spellcheck
    if look.prefix:
        params["prefix"] = {"text": look.prefix}
    if look.suffix:
        params["suffix"] = {"text": look.suffix}
    return params


def _textarea(bound: BoundField, look: Look, reveals: Mapping[str, str]) -> Params:
    value = bound.value()
    params: Params = {"value": "" if value is None else str(value), "rows": str(look.rows)}
    if look.limit:
        params["maxlength"] = str(look.limit)
    return params


def _select(bound: BoundField, look: Look, reveals: Mapping[str, str]) -> Params:
    return {
        "items": [_choice(*pair) for pair in _choices(bound)],
        "value": str(bound.value() or ""),
    }


def _options(bound: BoundField, look: Look, reveals: Mapping[str, str]) -> Params:
    if isinstance(bound.field, forms.BooleanField):
        return _single_box(bound)
    value = bound.value()
    several = isinstance(value, list | tuple | set)
    chosen = {str(one) for one in (value if several else [] if value is None else [value])}
    items: list[Params] = []
    for key, text in _choices(bound):
        if key in look.dividers:
            items.append({"divider": look.dividers[key]})
        item = _choice(key, text) | {"checked": key in chosen}
        if key in look.hints:
            item["hint"] = {"text": look.hints[key]}
        if key in reveals:
            item["conditional"] = {"html": reveals[key]}
        if look.exclusive == key:
            item["behaviour"] = "exclusive"
        items.append(item)
    return {"idPrefix": bound.auto_id, "items": items}


def _single_box(bound: BoundField) -> Params:
    statement = getattr(bound.field, "statement", bound.label)
    box = {"value": "yes", "text": statement, "checked": bool(bound.value())}
    return {"idPrefix": bound.auto_id, "items": [box]}


def _date(bound: BoundField, look: Look, reveals: Mapping[str, str]) -> Params:
    values = bound.field.widget.decompress(bound.value())
    data = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    wrong = _parts_at_fault(data[0]) if data else ()
    birthday = look.autocomplete == "bday"
    items = [
        {
            "label": part.capitalize(),
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "value": value,
            "autocomplete": f"bday-{part}" if birthday else None,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part, value in zip(PARTS, values, strict=True)
    ]
    return {"items": items}


def _choices(bound: BoundField) -> list[tuple[str, str]]:
    return [(str(key), str(text)) for key, text in bound.field.choices]  # type: ignore[attr-defined]  # only called for choice fields


def _choice(key: str, text: str) -> Params:
    return {"value": key, "text": text}


_SPECIFIC = {
    "input": _input,
    "textarea": _textarea,
    "select": _select,
    "radios": _options,
    "checkboxes": _options,
    "date-input": _date,
}
_BY_WIDGET: tuple[tuple[type[forms.Widget], Kind], ...] = (
    (forms.Textarea, "textarea"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkboxes"),
    (forms.Select, "select"),
)
