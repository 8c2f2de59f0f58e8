from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0002_counted_sections")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="watermark",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
