from django.db import migrations, models
from django.db.models import F


def count_what_is_printed(apps, schema_editor):
    """Until now an export counted what it printed."""
    apps.get_model("exports", "Export").objects.update(counted=F("sections"))


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="counted",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(count_what_is_printed, migrations.RunPython.noop),
    ]
