from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("exports", "0007_file_index")]

    operations = [
        migrations.RemoveConstraint(model_name="export", name="export_edition_known"),
        migrations.AlterField(
            model_name="export",
            name="edition",
            field=models.CharField(
                choices=[
                    ("one_page", "One-page summary"),
                    ("investor", "Investor edition"),
                    ("full", "Full edition"),
                ],
                default="full",
                max_length=10,
                verbose_name="edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=Q(edition__in=["one_page", "investor", "full"]),
                name="export_edition_known",
            ),
        ),
    ]
