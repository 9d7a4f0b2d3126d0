"""Find what changed charges asked of people among millions of entries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("books", "0006_seal_by_the_first_entry")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(
                    ("what__in", ["charge-lowered", "charge-raised", "contribution-settled"])
                ),
                fields=["person"],
                name="books_entry_asked",
            ),
        ),
    ]
