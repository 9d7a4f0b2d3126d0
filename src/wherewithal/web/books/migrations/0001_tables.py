"""Every table of this application, as it stands."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import wherewithal.ledger.entries
from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("books", "0001_initial"),
        ("books", "0002_plan_each_seal"),
        ("books", "0003_find_accounts_one_by_one"),
        ("books", "0004_find_what_is_taken_off"),
        ("books", "0005_look_accounts_up_together"),
        ("books", "0006_seal_by_the_first_entry"),
        ("books", "0007_find_what_people_were_asked_for"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Balance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="books.account",
                    ),
                ),
                ("on", models.DateField()),
                ("came_in", models.BigIntegerField(help_text="Pence.")),
                ("went_out", models.BigIntegerField(help_text="Pence.")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "on"),
                        include=("came_in", "went_out"),
                        name="one_balance_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField(unique=True)),
                (
                    "journal",
                    models.ForeignKey(
                        help_text="The last one before.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.journal",
                    ),
                ),
                ("head", models.CharField(max_length=64)),
                (
                    "moved",
                    models.BigIntegerField(
                        help_text="Pence that ever came into an account until then."
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (wherewithal.ledger.entries.Kind["FUNDING"], "Where money comes from"),
                            (
                                wherewithal.ledger.entries.Kind["LINE"],
                                "Spent on a line of a budget",
                            ),
                            (wherewithal.ledger.entries.Kind["PROVIDER"], "Owed to a provider"),
                            (wherewithal.ledger.entries.Kind["HELD"], "Held for somebody"),
                            (wherewithal.ledger.entries.Kind["CONTRIBUTION"], "Contributions"),
                            (wherewithal.ledger.entries.Kind["RECOVERY"], "To be paid back"),
                            (wherewithal.ledger.entries.Kind["PAYABLE"], "Approved, to be sent"),
                            (wherewithal.ledger.entries.Kind["SENT"], "On its way"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        blank=True, help_text="One account only; empty: all of them.", max_length=60
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True, help_text="One reason only; empty: all of them.", max_length=24
                    ),
                ),
                ("nominal", models.CharField(max_length=20)),
                ("cost_centre", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "of", "what"), name="one_code_for_the_same_movements"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="books.journal",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Its place in the journal, from 1."),
                ),
                ("on", models.DateField(help_text="The day it counts in the books.")),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing",
                        to="books.account",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming",
                        to="books.account",
                    ),
                ),
                ("pence", models.BigIntegerField()),
                (
                    "what",
                    models.CharField(help_text="A code of the ledger's reasons.", max_length=24),
                ),
                ("sentence", models.TextField()),
                ("document", models.CharField(blank=True, max_length=120)),
                ("person", models.CharField(blank=True, max_length=12)),
                (
                    "about",
                    models.DateField(
                        help_text="The day it concerns, where that day's month was closed.",
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["source", "on"], name="books_entry_from"),
                    models.Index(fields=["target", "on"], name="books_entry_to"),
                    models.Index(
                        condition=models.Q(("document", ""), _negated=True),
                        fields=["document"],
                        name="books_entry_document",
                    ),
                    models.Index(
                        condition=models.Q(("person", ""), _negated=True),
                        fields=["person", "on"],
                        name="books_entry_person",
                    ),
                    models.Index(
                        condition=models.Q(("what", "surplus-taken-off")),
                        fields=["person"],
                        name="books_entry_taken_off",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "what__in",
                                ["charge-lowered", "charge-raised", "contribution-settled"],
                            )
                        ),
                        fields=["person"],
                        name="books_entry_asked",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("journal", "position"), name="one_entry_in_a_place_of_a_journal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence__gte", 1), ("pence__lte", 99999999999)),
                        name="an_entry_moves_a_penny_or_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="money_moves_between_two_accounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)),
                        name="entries_are_numbered_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sentence", ""), _negated=True),
                            models.Q(
                                ("sentence__regex", "[\\u0001-\\u001f\\u007f]"), _negated=True
                            ),
                            models.Q(
                                ("document__regex", "[\\u0001-\\u001f\\u007f]"), _negated=True
                            ),
                            models.Q(("person__regex", "[\\u0001-\\u001f\\u007f]"), _negated=True),
                        ),
                        name="an_entry_s_words_are_one_line",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.journal",
                    ),
                ),
                (
                    "last",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="books.journal",
                    ),
                ),
                ("text", models.TextField(help_text="The file itself, as it was given out.")),
                ("debits", models.BigIntegerField(help_text="Pence. Credits are the same.")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                (
                    "number",
                    models.BigIntegerField(
                        help_text="From 1, without a gap; no pence.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by_name",
                    models.CharField(
                        help_text="The user name, as it was; part of the seal.", max_length=150
                    ),
                ),
                ("summary", models.TextField()),
                (
                    "count",
                    models.PositiveIntegerField(editable=False, help_text="How many entries."),
                ),
                (
                    "pence",
                    models.BigIntegerField(editable=False, help_text="Pence moved altogether."),
                ),
                ("digest", models.CharField(editable=False, max_length=64)),
                ("head", models.CharField(editable=False, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("summary", ""), _negated=True),
                            models.Q(("summary__regex", "[\\u0001-\\u001f\\u007f]"), _negated=True),
                            models.Q(("by_name__regex", "[\\u0001-\\u001f\\u007f]"), _negated=True),
                        ),
                        name="a_journal_says_what_it_is",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (wherewithal.ledger.entries.Kind["FUNDING"], "Where money comes from"),
                            (
                                wherewithal.ledger.entries.Kind["LINE"],
                                "Spent on a line of a budget",
                            ),
                            (wherewithal.ledger.entries.Kind["PROVIDER"], "Owed to a provider"),
                            (wherewithal.ledger.entries.Kind["HELD"], "Held for somebody"),
                            (wherewithal.ledger.entries.Kind["CONTRIBUTION"], "Contributions"),
                            (wherewithal.ledger.entries.Kind["RECOVERY"], "To be paid back"),
                            (wherewithal.ledger.entries.Kind["PAYABLE"], "Approved, to be sent"),
                            (wherewithal.ledger.entries.Kind["SENT"], "On its way"),
                        ],
                        max_length=12,
                    ),
                ),
                ("of", models.CharField(help_text="Whose or which it is.", max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["of"], name="books_account_of", opclasses=["text_pattern_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "of"), name="an_account_is_opened_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    wherewithal.ledger.entries.Kind["FUNDING"],
                                    wherewithal.ledger.entries.Kind["LINE"],
                                    wherewithal.ledger.entries.Kind["PROVIDER"],
                                    wherewithal.ledger.entries.Kind["HELD"],
                                    wherewithal.ledger.entries.Kind["CONTRIBUTION"],
                                    wherewithal.ledger.entries.Kind["RECOVERY"],
                                    wherewithal.ledger.entries.Kind["PAYABLE"],
                                    wherewithal.ledger.entries.Kind["SENT"],
                                ],
                            )
                        ),
                        name="an_account_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("of__regex", "^[A-Za-z0-9][A-Za-z0-9._/-]*$")),
                        name="an_account_s_name_is_plain",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="account",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Accounts are written once. Post the opposite movement instead.';",
                    hash="bd00594c0d7192f53ff0e5eef76572037708cd0f",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_written_once_4ce77",
                    table="books_account",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="balance",
            trigger=pgtrigger.compiler.Trigger(
                name="only_by_entries",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') THEN\n                RAISE EXCEPTION 'Balances follow from entries. Post an entry instead.';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f07f9607f9daaba5b9289270d7a8aad33f636b1c",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_by_entries_1e573",
                    table="books_balance",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="journal",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Journals are written once. Post the opposite movement instead.';",
                    hash="2dfe59cf1032058a9cdfa445709fbd975b8b52d0",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_written_once_2ded0",
                    table="books_journal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="journal",
            trigger=pgtrigger.compiler.Trigger(
                name="seal",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE before bigint; before_head text; positions bigint;",
                    func="\n    PERFORM pg_advisory_xact_lock(20261101);\n    SELECT number, head INTO before, before_head FROM books_journal ORDER BY number DESC LIMIT 1;\n    IF NEW.number <> COALESCE(before, 0) + 1 THEN\n        RAISE EXCEPTION 'Journal % can''t follow journal %: no number is left out.',\n            NEW.number, COALESCE(before, 0);\n    END IF;\n    -- Planned each time, and accounts found one by one: nobody has counted what this\n    -- transaction wrote, and a join might then read all accounts for each entry.\n    EXECUTE $sum$\n        SELECT count(*), max(entry.position), sum(entry.pence), \n    encode(sha256(convert_to(\n        $1::text || E'\\x1f'\n        || to_char($2 AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || E'\\x1f'\n        || $3 || E'\\x1f' || $4 || E'\\x1e'\n        || string_agg(\n            to_char(entry.\"on\", 'YYYY-MM-DD') || E'\\x1f'\n            || (SELECT kind || ':' || of FROM books_account WHERE id = entry.source_id) || E'\\x1f' || (SELECT kind || ':' || of FROM books_account WHERE id = entry.target_id) || E'\\x1f'\n            || entry.pence::text || E'\\x1f' || entry.what || E'\\x1f'\n            || entry.document || E'\\x1f' || entry.person || E'\\x1f'\n            || COALESCE(to_char(entry.about, 'YYYY-MM-DD'), '') || E'\\x1f'\n            || entry.sentence || E'\\x1e',\n            '' ORDER BY entry.position\n        ), 'UTF8')), 'hex')\n\n        FROM books_entry AS entry WHERE entry.journal_id = $1\n    $sum$ INTO NEW.count, positions, NEW.pence, NEW.digest\n        USING NEW.number, NEW.at, NEW.by_name, NEW.summary;\n    IF NEW.count = 0 OR positions <> NEW.count THEN\n        RAISE EXCEPTION 'Journal % has % entries, numbered up to %. Number them from 1.',\n            NEW.number, NEW.count, COALESCE(positions, 0);\n    END IF;\n    NEW.head = encode(sha256(\n        decode(COALESCE(before_head, repeat('0', 64)), 'hex') || decode(NEW.digest, 'hex')\n    ), 'hex');\n    RETURN NEW;\n",
                    hash="582955517735fa2b3bd59775c089f7fe38398bd2",
                    operation="INSERT",
                    pgid="pgtrigger_seal_db0be",
                    table="books_journal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="export",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Exports are written once. Post the opposite movement instead.';",
                    hash="ce7f42baf24bc09f85ca3d5ffb9140f108c08492",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_written_once_e30d9",
                    table="books_export",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="export",
            trigger=pgtrigger.compiler.Trigger(
                name="follow_on",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE before bigint;",
                    func="\n    PERFORM pg_advisory_xact_lock(20261101);\n    SELECT max(last_id) INTO before FROM books_export;\n    IF NEW.first_id <> COALESCE(before, 0) + 1 OR NEW.last_id < NEW.first_id THEN\n        RAISE EXCEPTION 'An export begins with journal %, the first not exported yet.',\n            COALESCE(before, 0) + 1;\n    END IF;\n    RETURN NEW;\n",
                    hash="7e7f881b3e6daafc1b19cb7724e3f0775fed868a",
                    operation="INSERT",
                    pgid="pgtrigger_follow_on_8f217",
                    table="books_export",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Entries are written once. Post the opposite movement instead.';",
                    hash="31aaefb4a32d98c5f746e5151d271885ac434094",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_written_once_3ebb4",
                    table="books_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_balances",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n    INSERT INTO books_balance AS kept (account_id, "on", came_in, went_out)\n    SELECT account, "on", came_in, went_out FROM (\n    SELECT account, "on", sum(came_in) AS came_in, sum(went_out) AS went_out\n    FROM (\n        SELECT target_id AS account, "on", pence AS came_in, 0 AS went_out FROM added\n        UNION ALL\n        SELECT source_id, "on", 0, pence FROM added\n    ) AS moves\n    GROUP BY account, "on"\n) AS sums\n    ORDER BY account, "on"\n    ON CONFLICT (account_id, "on") DO UPDATE SET\n        came_in = kept.came_in + excluded.came_in, went_out = kept.went_out + excluded.went_out;\n    RETURN NULL;\n',
                    hash="feb0abe291daf9ee4dd91991594e7ec5bdb7832d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_keep_balances_de1fa",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="books_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="add_while_open",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE closed date; sealed bigint; missing bigint;",
                    func="\n        -- Accounts are never deleted, so a look at each one named is as good as a foreign key.\n        SELECT min(account) INTO missing\n            FROM (SELECT source_id FROM added UNION SELECT target_id FROM added) AS named (account)\n            WHERE NOT EXISTS (SELECT FROM books_account WHERE id = named.account);\n        IF missing IS NOT NULL THEN\n            RAISE EXCEPTION 'There is no account %. Open it before money moves there.', missing\n                USING ERRCODE = 'foreign_key_violation';\n        END IF;\n        IF EXISTS (\n            SELECT FROM (SELECT DISTINCT journal_id FROM added) AS named\n            WHERE NOT EXISTS (\n                SELECT FROM books_entry WHERE journal_id = named.journal_id AND position = 1\n            )\n        ) THEN\n            RAISE EXCEPTION 'A journal is written from its entry 1 on. Number them from 1.';\n        END IF;\n        SELECT min(journal_id) INTO sealed FROM added\n            WHERE EXISTS (SELECT FROM books_journal WHERE number = added.journal_id);\n        IF sealed IS NOT NULL THEN\n            RAISE EXCEPTION 'Journal % is sealed: nothing can be added. Post another journal.',\n                sealed;\n        END IF;\n        SELECT max(last_day) INTO closed FROM books_closedmonth;\n        IF EXISTS (SELECT FROM added WHERE \"on\" <= closed) THEN\n            RAISE EXCEPTION 'The books are closed up to %. Date the entry after that day.', closed;\n        END IF;\n        RETURN NULL;\n    ",
                    hash="7b6d6d1232ce6830e086ab6a68b80b5a5f6f33e6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_add_while_open_b8df5",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="books_entry",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="sealed_in_the_end",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."position" = 1)',
                    constraint="CONSTRAINT",
                    func="\n    IF NOT EXISTS (SELECT FROM books_journal WHERE number = NEW.journal_id) THEN\n        RAISE EXCEPTION 'Journal % was never sealed, so its entries can''t be kept.', NEW.journal_id\n            USING ERRCODE = 'foreign_key_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="801ce5b17a0ae719e6a8c7a7d2c1e723cbeebf28",
                    operation="INSERT",
                    pgid="pgtrigger_sealed_in_the_end_7149c",
                    table="books_entry",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closedmonth",
            trigger=pgtrigger.compiler.Trigger(
                name="written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'Closed months are written once. Post the opposite movement instead.';",
                    hash="65543a674340fdfde3e72640e50e4a438587a127",
                    level="STATEMENT",
                    operation="UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_written_once_624c6",
                    table="books_closedmonth",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="closedmonth",
            trigger=pgtrigger.compiler.Trigger(
                name="follow_on",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE closed date;",
                    func="\n    PERFORM pg_advisory_xact_lock(20261101);\n    SELECT max(last_day) INTO closed FROM books_closedmonth;\n    IF NEW.last_day <= closed THEN\n        RAISE EXCEPTION 'The books are already closed up to %.', closed;\n    END IF;\n    IF EXTRACT(day FROM NEW.last_day + 1) <> 1 THEN\n        RAISE EXCEPTION '% is not the last day of a month.', NEW.last_day;\n    END IF;\n    RETURN NEW;\n",
                    hash="1e0d43e4e2c27ef3341762c6367d0689c175964f",
                    operation="INSERT",
                    pgid="pgtrigger_follow_on_0c340",
                    table="books_closedmonth",
                    when="BEFORE",
                ),
            ),
        ),
    ]
