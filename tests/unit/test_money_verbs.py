"""Finance reads on a person's timeline whatever is written down about that person's money."""

import re
from pathlib import Path

import pytest

from wherewithal.web.casework.querysets import MONEY_VERBS

WEB = Path(__file__).parents[2] / "src/wherewithal/web"
APPS = ("budgets", "providers", "payments", "statements", "checks", "money")
VERB = re.compile(r'(?:verb=f?|by, at, )"([a-z-]+)\.[a-z{]')
NOT_THEIRS = {"bank-answers", "provider", "columns", "figure", "precedent", "uprating", "support"}
"""What is written about files, providers and everybody, and how far somebody's support has got."""


@pytest.mark.parametrize("app", APPS)
def test_whatever_is_written_down_about_money_is_on_the_timeline_of_finance(app: str) -> None:
    sources = (path.read_text("utf-8") for path in (WEB / app).rglob("*.py"))
    written = {found for source in sources for found in VERB.findall(source)}
    assert written
    assert written - NOT_THEIRS <= set(MONEY_VERBS)
