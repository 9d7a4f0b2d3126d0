"""Every test runs as a trial on an embedded PostgreSQL of its own, or on ``DATABASE_URL``."""

import os
from pathlib import Path

os.environ["WHEREWITHAL_MODE"] = "trial"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
os.environ.setdefault("WHEREWITHAL_LOCAL", str(Path(__file__).parents[1] / ".local" / "tests"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser driver runs a loop

import django

django.setup()
