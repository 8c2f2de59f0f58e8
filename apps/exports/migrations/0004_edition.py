from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("exports", "0003_watermark")]

    # What was made until now is full.
    operations = [
        migrations.AddField(
            model_name="export",
            name="edition",
            field=models.CharField(
                choices=[("investor", "Investor edition"), ("full", "Full edition")],
                default="full",
                max_length=10,
                verbose_name="edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=Q(edition__in=["investor", "full"]), name="export_edition_known"
            ),
        ),
    ]
