"""A payment names the bill of a provider that it pays."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_differences_alone"),
        ("providers", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="payment", name="no_day_is_paid_twice"),
        migrations.RemoveConstraint(model_name="payment", name="no_invoice_is_paid_twice"),
        migrations.RemoveField(model_name="payment", name="invoice"),
        migrations.AddField(
            model_name="payment",
            name="invoice",
            field=models.ForeignKey(
                help_text="The bill it pays; empty: a budget's days.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="providers.invoice",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("cancelled", False),
                    models.Q(("state__in", ["returned", "recalled"]), _negated=True),
                    ("gross__gt", 0),
                    ("invoice__isnull", True),
                ),
                expressions=[
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                "budget_id", models.BigIntegerField()
                            ),
                            django.db.models.functions.comparison.Cast(
                                "budget_id", models.BigIntegerField()
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.F("holding"), function="hashtext"),
                                models.BigIntegerField(),
                            ),
                            django.db.models.functions.comparison.Cast(
                                models.Func(models.F("holding"), function="hashtext"),
                                models.BigIntegerField(),
                            ),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    ("period", "&&"),
                ],
                name="no_day_is_paid_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("cancelled", False),
                    models.Q(("state__in", ["returned", "recalled"]), _negated=True),
                    ("invoice__isnull", False),
                ),
                fields=("invoice",),
                name="no_invoice_is_paid_twice",
            ),
        ),
    ]
