"""How a form field looks: what rendering needs to know and Django's own fields don't hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

LabelSize = Literal["s", "m", "l", "xl"]
Kind = Literal["input", "date-input", "radios", "checkboxes", "select", "textarea"]
Width = Literal[2, 3, 4, 5, 10, 20, 30]
Choices = Sequence[tuple[str, str]]


class Common(TypedDict, total=False):
    """What every field takes: see :data:`Common.__annotations__` and the style guide."""

    hint: str
    required: bool
    initial: Any
    missing: str  # the whole message where nothing was given; made from the label otherwise
    called: str  # what messages call it: "your date of birth"; the label otherwise
    label_size: LabelSize
    heading: bool  # the label is the page's h1
    validators: Sequence[Callable[[Any], None]]


class DjangoOptions(TypedDict):
    """The part of :class:`Common` that Django's fields take themselves."""

    label: str
    help_text: str
    required: bool
    initial: Any
    error_messages: dict[str, str]
    validators: Sequence[Callable[[Any], None]]


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a field's appearance; :func:`dataclasses.replace` varies it."""

    kind: Kind
    label_size: LabelSize | None = None
    heading: bool = False
    classes: str = ""
    prefix: str = ""
    suffix: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    dividers: Mapping[str, str] = field(default_factory=dict)
    exclusive: str = ""
    rows: int = 5
    limit: int | None = None
    inputmode: str = ""
    autocomplete: str = ""
    spellcheck: bool | None = None


def called(label: str, common: Common) -> str:
    """Return what messages call a field in mid-sentence: ``first name``, ``NHS number``."""
    if name := common.get("called"):
        return name
    if label.endswith("?"):
        return f"an answer to “{label}”"
    keeps_capital = label[:2].isupper() or label.startswith("I ")
    return label if keeps_capital else label[:1].lower() + label[1:]


def begin(sentence: str) -> str:
    """Return a sentence with a capital first letter and the rest as it was."""
    return sentence[:1].upper() + sentence[1:]


def django_options(label: str, common: Common, *, verb: str) -> DjangoOptions:
    """Return what a Django field takes, with the message for nothing given: ``Enter …``."""
    missing = common.get("missing") or f"{verb} {called(label, common)}"
    return {
        "label": label,
        "help_text": common.get("hint", ""),
        "required": common.get("required", True),
        "initial": common.get("initial"),
        "error_messages": {"required": missing},
        "validators": common.get("validators", ()),
    }


def looks(kind: Kind, common: Common, **rest: Any) -> Look:
    """Return the look of a field from what its constructor was given."""
    size, heading = common.get("label_size"), common.get("heading", False)
    return Look(kind, label_size=size, heading=heading, **rest)
