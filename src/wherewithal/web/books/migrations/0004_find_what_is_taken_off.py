"""Find what people agreed to have taken off among millions of entries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("books", "0003_find_accounts_one_by_one")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("what", "surplus-taken-off")),
                fields=["person"],
                name="books_entry_taken_off",
            ),
        ),
    ]
