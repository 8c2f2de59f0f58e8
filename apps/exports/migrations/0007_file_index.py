from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("exports", "0006_look")]

    operations = [
        migrations.AddIndex(
            model_name="export",
            index=models.Index(
                condition=Q(state="done"), fields=["sha256"], name="export_by_file"
            ),
        )
    ]
