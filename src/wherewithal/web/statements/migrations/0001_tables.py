"""Every table of this application, as it stands."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from wherewithal.web.tables.beginning import Beginning


class Migration(Beginning):
    initial = True
    replaces = [
        ("statements", "0001_initial"),
        ("statements", "0002_fewer_indexes_of_lines"),
        ("statements", "0003_look_statements_up_together"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("budgets", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(help_text="The bank, as people call it.", max_length=80)),
                (
                    "heading",
                    models.CharField(
                        help_text="The file's heading row, folded: how it is known.",
                        max_length=400,
                        unique=True,
                    ),
                ),
                (
                    "columns",
                    models.JSONField(help_text="Which column is what, as the reader takes it."),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
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
            name="PayeeRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="payee_rules",
                        to="people.person",
                    ),
                ),
                (
                    "payee",
                    models.CharField(
                        help_text="Folded: small letters, no numbers.", max_length=120
                    ),
                ),
                (
                    "incoming",
                    models.BooleanField(default=False, help_text="For money in, not out."),
                ),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("unmatched", "Not known yet"),
                            ("payment", "Paid in by the council"),
                            ("contribution", "Paid in by the person"),
                            ("spent", "Spent on support"),
                            ("refund", "Given back by who was paid"),
                            ("repaid", "Paid back to the council"),
                            ("transfer", "Moved to or from another account"),
                            ("fee", "Bank charge or interest"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="budgets.budgetline",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=80)),
                ("learnt_at", models.DateTimeField()),
                (
                    "learnt_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "payee", "incoming"),
                        name="one_rule_for_each_payee",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("budget_line__isnull", True),
                            _connector="OR",
                        ),
                        name="a_rule_for_everybody_names_no_budget",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="people.person",
                    ),
                ),
                (
                    "holding",
                    models.CharField(
                        choices=[
                            ("direct-payment", "Direct payment"),
                            ("council-managed", "Council-managed"),
                            ("isf", "Individual service fund"),
                            ("third-party", "Third party"),
                            ("trust", "Trust"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("csv", "CSV file"),
                            ("ofx", "OFX file"),
                            ("mt940", "MT940 file"),
                            ("camt.053", "camt.053 file"),
                            ("card", "Prepaid card list"),
                            ("hand", "Typed in by hand"),
                        ],
                        max_length=8,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=120)),
                (
                    "digest",
                    models.CharField(blank=True, help_text="SHA-256 of the file.", max_length=64),
                ),
                (
                    "account",
                    models.CharField(blank=True, help_text="As the bank writes it.", max_length=40),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="The days it tells of, half-open."
                    ),
                ),
                (
                    "opening",
                    models.BigIntegerField(
                        blank=True, help_text="Pence before the first day.", null=True
                    ),
                ),
                (
                    "closing",
                    models.BigIntegerField(
                        blank=True, help_text="Pence after the last day.", null=True
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0, help_text="Lines that were new.")),
                (
                    "known_count",
                    models.PositiveIntegerField(
                        default=0, help_text="Lines known already: no pence."
                    ),
                ),
                (
                    "apart_because",
                    models.TextField(
                        blank=True,
                        help_text="Why it was read although it does not join the one before.",
                    ),
                ),
                ("read_at", models.DateTimeField()),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["person", "holding", "-read_at"],
                        name="statements__person__4414b9_idx",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("person", "holding", "digest"),
                        name="a_file_is_read_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="statements.statement",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_lines",
                        to="people.person",
                    ),
                ),
                (
                    "holding",
                    models.CharField(
                        choices=[
                            ("direct-payment", "Direct payment"),
                            ("council-managed", "Council-managed"),
                            ("isf", "Individual service fund"),
                            ("third-party", "Third party"),
                            ("trust", "Trust"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on", models.DateField()),
                ("pence", models.BigIntegerField(help_text="Pence: above zero into the account.")),
                ("payee", models.CharField(blank=True, max_length=140)),
                ("text", models.CharField(blank=True, max_length=400)),
                (
                    "kind",
                    models.CharField(blank=True, help_text="The bank's own code.", max_length=40),
                ),
                (
                    "balance",
                    models.BigIntegerField(
                        blank=True, help_text="Pence after this line.", null=True
                    ),
                ),
                (
                    "place",
                    models.PositiveIntegerField(
                        default=0, help_text="Line number in the file, from 1: no pence."
                    ),
                ),
                (
                    "twin",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Which of several equal lines of one day, from 1: no pence.",
                    ),
                ),
                (
                    "key",
                    models.CharField(blank=True, help_text="The payee, folded.", max_length=120),
                ),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("unmatched", "Not known yet"),
                            ("payment", "Paid in by the council"),
                            ("contribution", "Paid in by the person"),
                            ("spent", "Spent on support"),
                            ("refund", "Given back by who was paid"),
                            ("repaid", "Paid back to the council"),
                            ("transfer", "Moved to or from another account"),
                            ("fee", "Bank charge or interest"),
                            ("other", "Something else"),
                        ],
                        default="unmatched",
                        max_length=12,
                    ),
                ),
                (
                    "budget_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statement_lines",
                        to="budgets.budgetline",
                    ),
                ),
                (
                    "sure",
                    models.BooleanField(default=False, help_text="Nobody needs to look at it."),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True, help_text="Why it was taken to be this.", max_length=240
                    ),
                ),
                (
                    "matched_how",
                    models.CharField(
                        choices=[
                            ("rule", "By itself"),
                            ("person", "The person, or who helps them"),
                            ("officer", "Someone at the council"),
                        ],
                        default="rule",
                        max_length=8,
                    ),
                ),
                (
                    "matched_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        help_text="The rule as it was; it may be gone.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="lines",
                        to="statements.payeerule",
                    ),
                ),
                (
                    "in_books",
                    models.BooleanField(default=False, help_text="Its entry stands in the books."),
                ),
            ],
            options={
                "ordering": ["on", "id"],
                "indexes": [
                    models.Index(fields=["person", "-on"], name="statements__person__47bc4b_idx"),
                    models.Index(
                        condition=models.Q(("sure", False)),
                        fields=["person", "holding"],
                        name="lines_to_look_at",
                    ),
                    models.Index(fields=["person", "key"], name="lines_of_a_payee"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"),
                        models.F("holding"),
                        models.F("on"),
                        models.F("pence"),
                        models.Func(
                            "payee",
                            "text",
                            arg_joiner=" || E'\\n' || ",
                            template="hashtextextended(%(expressions)s, 0)",
                        ),
                        models.F("twin"),
                        name="no_line_is_read_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sure", False),
                            models.Q(("meaning__in", ["spent", "refund"]), _negated=True),
                            ("budget_line__isnull", False),
                            _connector="OR",
                        ),
                        name="money_spent_names_its_budget_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sure", False),
                            models.Q(("meaning", "unmatched"), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_sure_has_a_meaning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pence", 0), _negated=True), name="a_line_moves_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "holding",
                    models.CharField(
                        choices=[
                            ("direct-payment", "Direct payment"),
                            ("council-managed", "Council-managed"),
                            ("isf", "Individual service fund"),
                            ("third-party", "Third party"),
                            ("trust", "Trust"),
                        ],
                        max_length=16,
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("columns", models.JSONField(default=dict, help_text="What was chosen so far.")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="people.person",
                    ),
                ),
                (
                    "holding",
                    models.CharField(
                        choices=[
                            ("direct-payment", "Direct payment"),
                            ("council-managed", "Council-managed"),
                            ("isf", "Individual service fund"),
                            ("third-party", "Third party"),
                            ("trust", "Trust"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="evidence",
                        to="statements.line",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True, help_text="In the words of who sent it.", max_length=200
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("image/jpeg", "Photograph (JPEG)"),
                            ("image/png", "Picture (PNG)"),
                            ("image/webp", "Picture (WebP)"),
                            ("application/pdf", "PDF"),
                        ],
                        max_length=20,
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="Bytes: no pence.")),
                ("digest", models.CharField(help_text="SHA-256 of the content.", max_length=64)),
                ("content", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "indexes": [
                    models.Index(
                        fields=["person", "-added_at"], name="statements__person__789617_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "holding", "digest"), name="a_picture_is_kept_once"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidence",
            trigger=pgtrigger.compiler.Trigger(
                name="evidence_is_kept_as_sent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."type" IS DISTINCT FROM (NEW."type"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e98f64f505ea478510bf9994be8be3fdca2197f5",
                    operation="UPDATE",
                    pgid="pgtrigger_evidence_is_kept_as_sent_a80c1",
                    table="statements_evidence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_with_its_lines",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT FROM (SELECT id, person_id, holding FROM before) AS gone\n        CROSS JOIN LATERAL (\n            SELECT FROM statements_line WHERE statement_id = gone.id LIMIT 1\n        ) AS line\n    ) THEN\n        RAISE EXCEPTION 'A statement with lines keeps its account. Take its lines away first.'\n            USING ERRCODE = 'foreign_key_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="3beb6934747c729ee8a9d52c3a1645a191e9f420",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_kept_with_its_lines_2bfd8",
                    referencing="REFERENCING OLD TABLE AS before ",
                    table="statements_statement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="same_account_as_its_lines",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT FROM (SELECT id, person_id, holding FROM before EXCEPT SELECT id, person_id, holding FROM after) AS gone\n        CROSS JOIN LATERAL (\n            SELECT FROM statements_line WHERE statement_id = gone.id LIMIT 1\n        ) AS line\n    ) THEN\n        RAISE EXCEPTION 'A statement with lines keeps its account. Take its lines away first.'\n            USING ERRCODE = 'foreign_key_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="95c6ccd3cc1310f8b1349bc86d0ae4171ea66867",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_same_account_as_its_lines_91a90",
                    referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS after ",
                    table="statements_statement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="added_with_its_statement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM statements_statement\n        WHERE id IN (SELECT DISTINCT statement_id FROM written) FOR KEY SHARE;\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT statement_id, person_id, holding FROM written) AS named\n        WHERE NOT EXISTS (\n            SELECT FROM statements_statement AS known WHERE known.id = named.statement_id\n            AND known.person_id = named.person_id AND known.holding = named.holding\n        )\n    ) THEN\n        RAISE EXCEPTION 'A line is to be of the same person and account as its statement.'\n            USING ERRCODE = 'foreign_key_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="0bb67c6a68c10b5dcbf390143f6c573a4d5e777e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_added_with_its_statement_fbc99",
                    referencing="REFERENCING NEW TABLE AS written ",
                    table="statements_line",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_with_its_statement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM statements_statement\n        WHERE id IN (SELECT DISTINCT statement_id FROM written) FOR KEY SHARE;\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT statement_id, person_id, holding FROM written) AS named\n        WHERE NOT EXISTS (\n            SELECT FROM statements_statement AS known WHERE known.id = named.statement_id\n            AND known.person_id = named.person_id AND known.holding = named.holding\n        )\n    ) THEN\n        RAISE EXCEPTION 'A line is to be of the same person and account as its statement.'\n            USING ERRCODE = 'foreign_key_violation';\n    END IF;\n    RETURN NULL;\n",
                    hash="a52a4e32a6f0221210491405da29e422c0971fa2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_with_its_statement_66029",
                    referencing="REFERENCING NEW TABLE AS written ",
                    table="statements_line",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="line",
            trigger=pgtrigger.compiler.Trigger(
                name="what_the_bank_says_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."pence" IS DISTINCT FROM (NEW."pence") OR OLD."payee" IS DISTINCT FROM (NEW."payee") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."holding" IS DISTINCT FROM (NEW."holding"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e067ca9e45b84bf1be4384c0aae55001b19491c5",
                    operation="UPDATE",
                    pgid="pgtrigger_what_the_bank_says_is_kept_2ea31",
                    table="statements_line",
                    when="BEFORE",
                ),
            ),
        ),
    ]
