"""The product as it is installed: its settings, addresses and tables."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from scripts.manual.markdown import fenced, page, plain, table

from wherewithal.web.accounts.roles import PUBLIC, Role
from wherewithal.web.config import settings as configured
from wherewithal.web.policy.settings import CHOICES, shown

SOURCE = Path(__file__).parents[2] / "src" / "wherewithal"
ENVIRONMENT = {
    "DATABASE_URL": "Where PostgreSQL is: `postgresql://name:password@host:5432/wherewithal`. "
    "Production needs it. A trial without it starts a server of its own.",
    "WHEREWITHAL_FONTS": "A folder of fonts for letters, in scripts that the product's own fonts "
    "do not have. None, if not set.",
    "WHEREWITHAL_HOSTS": "The host names the product answers to, with commas between. "
    "Production needs it.",
    "WHEREWITHAL_LOCAL": "The folder for what this machine keeps: the trial's database, and the "
    "static files collected for production. `.local` where it was started, if not set.",
    "WHEREWITHAL_MODE": "`production` (if not set) or `trial`.",
    "WHEREWITHAL_POSTGRES_BIN": "The folder with `postgres`, `initdb` and `pg_ctl`, for a trial on "
    "a server of your own choice.",
    "WHEREWITHAL_SECRET_KEY": "A long random text that signs cookies. Production needs it. Keep it "
    "to yourself.",
}
READ = re.compile(r'(?:environ\.get|environ\.setdefault|required)\(\s*"([A-Z_]+)"')
KEYED = "interface-1:"
OURS = "DATABASE_URL", "WHEREWITHAL_"


def settings() -> str:
    """Write the settings of local practice and the variables of the environment."""
    rows = [
        (each.label, f"`{each.key}`", shown(each, each.default), each.unit, each.why)
        for each in CHOICES
    ]
    local = table(["setting", "in code", "default", "unit", "why"], rows)
    names = sorted(variables())
    if silent := set(names) ^ set(ENVIRONMENT):
        raise LookupError(f"scripts/manual/product.py and the code differ about {sorted(silent)}.")
    around = table(
        ["variable", "what it says"], [(f"`{name}`", ENVIRONMENT[name]) for name in names]
    )
    return page(
        "Settings",
        "## Local practice\n\nWhat a council decides for itself. Nothing here is law. An "
        f"administrator changes these on the page Settings.\n\n{local}",
        f"## Environment\n\n{around}",
        f"### The two modes\n\n{fenced(inspect.getdoc(configured) or '', 'text')}",
    )


def variables() -> set[str]:
    """Return the environment variables of ours that the code reads."""
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")]
    return {name for text in texts for name in READ.findall(text) if name.startswith(OURS)}


def addresses() -> str:
    """Write every address, its name and who may open it."""
    rows = sorted(
        (
            f"`/{path}`",
            f"`{name}`",
            "programs with a key" if name.startswith(KEYED) else _who(pattern),
            (inspect.getdoc(pattern.callback) or "").split("\n")[0],
        )
        for path, name, pattern in _patterns(get_resolver(), "", ())
    )
    intro = (
        "Each address opens for the roles named and for nobody else. Where it holds `<ref>`, it is "
        "about one person, and opens only for readers who may know about that person; for others "
        "it is not found. Addresses under `/try/` exist in a trial only."
    )
    return page("Addresses", intro, table(["address", "name", "opens for", "what it is"], rows))


def _patterns(
    resolver: URLResolver, before: str, spaces: tuple[str, ...]
) -> Iterator[tuple[str, str, URLPattern]]:
    for each in resolver.url_patterns:
        path = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _patterns(each, path, inner)
        else:
            yield path, ":".join((*spaces, each.name or "")), each


def _who(pattern: URLPattern) -> str:
    roles = getattr(pattern.callback, "roles", None)
    if roles is None:
        return "**not declared**"
    if roles is PUBLIC:
        return "anyone"
    if roles == frozenset(Role):
        return "everyone signed in"
    return ", ".join(role.label.lower() for role in Role if role in roles)


def tables() -> str:
    """Write every table, its columns, and what PostgreSQL forbids."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("wherewithal.")]
    forbidden = [row for model in ours for row in _forbidden(model)]
    intro = (
        "What must never happen is forbidden by PostgreSQL itself, so that it holds whoever "
        "writes. The name of each rule is the rule."
    )
    return page(
        "Tables",
        intro,
        "## What PostgreSQL forbids\n\n" + table(["table", "what always holds", "by"], forbidden),
        *map(_table, ours),
    )


def _forbidden(model: type[models.Model]) -> Iterator[tuple[str, str, str]]:
    name = f"`{model._meta.db_table}`"
    for constraint in model._meta.constraints:
        kind = type(constraint).__name__.replace("Constraint", "").lower()
        yield name, plain(constraint.name), f"a {kind} constraint".replace("a e", "an e")
    for trigger in sorted(getattr(model._meta, "triggers", []), key=lambda each: str(each.name)):
        yield name, plain(str(trigger.name)), f"a trigger on {str(trigger.operation).lower()}"


def _table(model: type[models.Model]) -> str:
    rows = [(f"`{field.name}`", _kind(field), _empty(field), _about(field))
            for field in model._meta.get_fields()
            if isinstance(field, models.Field) and not field.auto_created]  # fmt: skip
    columns = table(["field", "kind", "may be empty", "what it holds"], rows)
    about = (inspect.getdoc(model) or "").split("\n\n")[0]
    title = f"{str(model._meta.verbose_name).capitalize()} (`{model._meta.db_table}`)"
    return f"## {title}\n\n{about}\n\n{columns}"


def _kind(field: Any) -> str:
    if field.is_relation:
        return f"a {plain(field.related_model._meta.verbose_name)}"
    length = f", up to {field.max_length}" if field.max_length else ""
    return (
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field.get_internal_type())
        .removesuffix(" Field")
        .lower()
        + length
    )


def _empty(field: Any) -> str:
    return "yes" if field.null or field.blank else ""


def _about(field: Any) -> str:
    choices = ", ".join(f"{label} (`{value}`)" for value, label in field.flatchoices)
    return " ".join(part for part in (str(field.help_text), choices) if part)
