"""A database that an earlier version left half-way, where its steps are no longer kept.

Every :class:`Beginning` names the steps that it stands for. A database that took all of them goes
on as it is, and one that took none begins here. One that took only some is refused: the rest of
its steps are no longer here to take.
"""

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class HalfWay(CommandError):
    """The database took only some of the earlier steps; the message says what to do."""


def refuse_half_way(connection: BaseDatabaseWrapper, afresh: str = "") -> None:
    """Refuse a database that an earlier version left half-way.

    Args:
        connection: the database that is about to be brought up to date.
        afresh: how to begin afresh, where that is known: a clause after "begin afresh".

    Raises:
        HalfWay: it took some of an application's earlier steps, and not all of them.
    """
    missing = _missing(connection)
    if not missing:
        return
    count = f"{len(missing)} of its steps are" if len(missing) > 1 else "one of its steps is"
    raise HalfWay(
        f"This database was made by an earlier version of Wherewithal, and {count} still to be"
        f" taken (the first is {missing[0]}). This version can't take them."
        f" If everything in it is made up, begin afresh{afresh or ' with an empty database'}."
        " If not, install the version just before the change “Begin every table in one step”,"
        " run `wherewithal manage migrate` with it, and then come back to this one."
        " Nothing was changed."
    )


def _missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the earlier steps not taken, of applications that took some: ``books 0002_…``."""
    taken = MigrationRecorder(connection).applied_migrations()
    beginnings = MigrationLoader(None).replacements.values()
    return [
        f"{app} {name}"
        for beginning in sorted(beginnings, key=lambda beginning: beginning.app_label)
        if any(step in taken for step in beginning.replaces)
        for app, name in beginning.replaces
        if (app, name) not in taken
    ]
