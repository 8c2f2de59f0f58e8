from typing import Any

from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def as_of_the_last_visit(apps: Any, schema_editor: Any) -> None:
    apps.get_model("reviews", "Visit").objects.update(caught_up=F("at"))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_settlement")]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="caught_up",
            field=models.DateTimeField(default=timezone.now),
        ),
        migrations.RunPython(as_of_the_last_visit, migrations.RunPython.noop),
    ]
