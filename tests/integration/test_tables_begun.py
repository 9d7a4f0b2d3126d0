"""What becomes of a database of an earlier version, and of one that is new."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.recorder import MigrationRecorder
from pgtrigger.migrations import AddTrigger

from wherewithal.web.tables.beginning import Beginning
from wherewithal.web.tables.earlier import HalfWay, refuse_half_way

BEGINNINGS = {
    migration.app_label: migration
    for migration in MigrationLoader(None).disk_migrations.values()
    if isinstance(migration, Beginning)
}
LONG = sorted(app for app, beginning in BEGINNINGS.items() if len(beginning.replaces) > 1)


def forget(*steps: tuple[str, str]) -> None:
    """Let the database say that it never took these steps."""
    for app, name in steps:
        MigrationRecorder(connection).record_unapplied(app, name)


def still_to_do() -> list[tuple[Migration, bool]]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db
def test_a_database_of_the_last_version_goes_on_as_it_is() -> None:
    forget(*((app, beginning.name) for app, beginning in BEGINNINGS.items()))
    refuse_half_way(connection)
    assert still_to_do() == []
    call_command("migrate", verbosity=0)
    assert still_to_do() == []


@pytest.mark.django_db
@pytest.mark.parametrize("app", LONG)
def test_a_database_left_half_way_is_refused_with_what_to_do(app: str) -> None:
    last = BEGINNINGS[app].replaces[-1]
    forget((app, BEGINNINGS[app].name), last)
    with pytest.raises(HalfWay, match="one of its steps is still to be taken") as refused:
        call_command("migrate", verbosity=0)
    assert f"(the first is {last[0]} {last[1]})" in str(refused.value)
    assert "begin afresh with an empty database." in str(refused.value)


@pytest.mark.django_db
def test_the_refusal_counts_the_steps_and_says_how_to_begin_afresh() -> None:
    forget(*BEGINNINGS["books"].replaces[1:], BEGINNINGS["payments"].replaces[0])
    with pytest.raises(HalfWay) as refused:
        refuse_half_way(connection, ": delete .local/postgres")
    assert "7 of its steps are still to be taken" in str(refused.value)
    assert "begin afresh: delete .local/postgres." in str(refused.value)


@pytest.mark.django_db
def test_an_application_that_an_earlier_version_lacked_begins_here() -> None:
    forget(("interface", BEGINNINGS["interface"].name), *BEGINNINGS["interface"].replaces)
    refuse_half_way(connection)
    assert [str(migration) for migration, _ in still_to_do()] == ["interface.0001_tables"]


@pytest.mark.parametrize("app", sorted(BEGINNINGS))
def test_a_beginning_holds_whole_tables_and_their_triggers_alone(app: str) -> None:
    assert {type(step) for step in BEGINNINGS[app].operations} <= {CreateModel, AddTrigger}
