"""Rows into PostgreSQL by COPY, as fast as they can be made."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model

if TYPE_CHECKING:
    from tqdm import tqdm

ROWS_AT_ONCE = 2000


def copy_rows(
    model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]], bar: "tqdm[Any]"
) -> None:
    """Write rows into a model's table; ``columns`` as the table names them."""
    meta = model._meta
    names = ", ".join(f'"{name}"' for name in columns)
    bar.set_postfix_str(str(meta.verbose_name_plural))
    remaining: Iterator[tuple[Any, ...]] = iter(rows)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        while batch := list(islice(remaining, ROWS_AT_ONCE)):
            for row in batch:
                copy.write_row(row)
            bar.update(len(batch))


def last_id(model: type[Model]) -> int:
    """Return the highest id in use, or 0."""
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)


def after_copying(models: Sequence[type[Model]]) -> None:
    """Let new rows follow the ids that were written, and let the planner know what there is."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        for model in models:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')
