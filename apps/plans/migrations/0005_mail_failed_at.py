from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_exported_in_any_format")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="mail_failed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
