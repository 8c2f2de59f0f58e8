from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_share_link_summary_only")]

    operations = [
        migrations.AddField(
            model_name="sharelink",
            name="sender",
            field=models.CharField(blank=True, max_length=120, verbose_name="from whom"),
        ),
        migrations.AddField(
            model_name="sharelink",
            name="wrong_passcodes",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sharelink",
            name="wrong_passcode_at",
            field=models.DateTimeField(null=True),
        ),
    ]
