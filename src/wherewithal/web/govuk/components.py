"""GOV.UK Frontend's components as functions from parameters to markup.

The macros of ``govuk_frontend_jinja`` lean on missing parameters being false, while our own
templates must stop at a misspelt name; so the macros live in an environment of their own and the
strict one calls them through :func:`component`.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

# Our Python names, and the macro that each one renders.
COMPONENTS = {
    "back-link": "govukBackLink",
    "button": "govukButton",
    "character-count": "govukCharacterCount",
    "checkboxes": "govukCheckboxes",
    "date-input": "govukDateInput",
    "details": "govukDetails",
    "error-summary": "govukErrorSummary",
    "input": "govukInput",
    "inset-text": "govukInsetText",
    "notification-banner": "govukNotificationBanner",
    "pagination": "govukPagination",
    "panel": "govukPanel",
    "radios": "govukRadios",
    "select": "govukSelect",
    "service-navigation": "govukServiceNavigation",
    "skip-link": "govukSkipLink",
    "summary-list": "govukSummaryList",
    "table": "govukTable",
    "tag": "govukTag",
    "task-list": "govukTaskList",
    "textarea": "govukTextarea",
    "warning-text": "govukWarningText",
}


# Parts whose words are the same on many pages and name nobody: kept once rendered.
THE_SAME_EVERYWHERE = frozenset({"back-link", "service-navigation", "skip-link", "tag"})


def component(name: str, params: Mapping[str, Any]) -> Markup:
    """Render one GOV.UK Frontend component, for example ``component("tag", {"text": "Paid"})``.

    Raises:
        KeyError: no component that we use has this name.
    """
    if name in THE_SAME_EVERYWHERE:
        return _kept(name, _frozen(params))
    return Markup(str(_macro(name)(params)).strip())  # noqa: S704  the macros escape what they are given


@lru_cache(maxsize=512)
def _kept(name: str, frozen: "_Frozen") -> Markup:
    return Markup(str(_macro(name)(_thawed(frozen))).strip())  # noqa: S704  as above


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Frozen((key, _frozen(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(_frozen(each) for each in value)
    return value


def _thawed(value: Any) -> Any:
    if isinstance(value, _Frozen):
        return {key: _thawed(each) for key, each in value}
    if isinstance(value, tuple):
        return [_thawed(each) for each in value]
    return value


class _Frozen(tuple[tuple[str, Any], ...]):
    """A mapping as a value that can be looked up."""

    __slots__ = ()


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    )


@cache
def _macro(name: str) -> Callable[[Mapping[str, Any]], Markup]:
    template = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    macro: Callable[[Mapping[str, Any]], Markup] = getattr(template.module, COMPONENTS[name])
    return macro
