from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_what_carers_had_said"),
    ]

    operations = [
        migrations.AlterField(
            model_name="answer",
            name="value",
            field=models.TextField(
                blank=True,
                help_text="The option's code; all ticked ones as a;b, or none; or the number.",
            ),
        ),
    ]
