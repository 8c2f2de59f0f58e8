import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0005_formats"), ("plans", "0002_reviews_and_data")]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "accent",
                    models.CharField(blank=True, max_length=7, verbose_name="accent colour"),
                ),
                ("logo", models.BinaryField(null=True)),
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="look",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "look of the documents",
                "verbose_name_plural": "looks of the documents",
            },
        ),
    ]
