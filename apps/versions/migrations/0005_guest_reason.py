from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("versions", "0004_restored_from")]

    operations = [
        migrations.AlterField(
            model_name="version",
            name="reason",
            field=models.CharField(
                choices=[
                    ("manual", "Saved by hand"),
                    ("review", "For a review"),
                    ("export", "For an export"),
                    ("guest", "For a guest of a share link"),
                    ("restore", "Before bringing an earlier version back"),
                    ("restored", "An earlier version brought back"),
                    ("import", "Before an import"),
                    ("bulk", "Before many rows were changed at once"),
                ],
                max_length=20,
                verbose_name="reason",
            ),
        ),
    ]
