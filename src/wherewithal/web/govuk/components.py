"""GOV.UK Frontend's components as functions from parameters to markup.

The macros of ``govuk_frontend_jinja`` lean on missing parameters being false, while our own
templates must stop at a misspelt name; so the macros live in an environment of their own and the
strict one calls them through :func:`component`.
"""

from collections.abc import Callable, Mapping
from functools import cache
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


def component(name: str, params: Mapping[str, Any]) -> Markup:
    """Render one GOV.UK Frontend component, for example ``component("tag", {"text": "Paid"})``.

    Raises:
        KeyError: no component that we use has this name.
    """
    return Markup(str(_macro(name)(params)).strip())  # noqa: S704  the macros escape what they are given


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
