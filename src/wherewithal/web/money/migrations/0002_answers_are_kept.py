import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("money", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="question",
            name="an_answer_is_kept",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="an_answer_is_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IN (\'answered\', \'withdrawn\') AND (OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c82e5e17675f8dfe23641c77ca9f635ca276be45",
                    operation="UPDATE",
                    pgid="pgtrigger_an_answer_is_kept_edc6b",
                    table="money_question",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="an_answered_question_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"status\" = 'answered')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="4098b22f350846aaf3e0e11ab39a84c18afaed1d",
                    operation="DELETE",
                    pgid="pgtrigger_an_answered_question_stays_5dcdb",
                    table="money_question",
                    when="BEFORE",
                ),
            ),
        ),
    ]
