"""Django's ``migrate``, which first refuses a database that can't be brought up to date."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from wherewithal.web.tables.earlier import refuse_half_way


class Command(migrate.Command):
    """Bring the tables up to date."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Look before anything is changed."""
        refuse_half_way(connections[options["database"]])
        super().handle(*args, **options)
