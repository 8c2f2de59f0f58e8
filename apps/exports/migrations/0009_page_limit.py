from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0008_one_page"),
    ]

    operations = [
        migrations.AlterField(
            model_name="export",
            name="failure",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        "broker",
                        "The queue cannot be reached, so no worker was told about this export. Your plan is safe. Try again in a minute; if it goes on, tell the person who runs this server.",
                    ),
                    (
                        "worker_lost",
                        "The worker stopped several times while it made this PDF. Try again; if it goes on, tell the person who runs this server.",
                    ),
                    (
                        "timeout",
                        "The PDF took too long and was stopped. Shorten very long texts or tables and try again.",
                    ),
                    (
                        "memory",
                        "The PDF needed more memory than one export may use. Shorten very long texts or tables and try again.",
                    ),
                    (
                        "pages",
                        "The PDF would have more than 1,500 pages and was stopped. Choose fewer sections or annexes, or shorten very long texts, and try again.",
                    ),
                    (
                        "crash",
                        "The program that makes the PDF stopped unexpectedly. Try again; if it goes on, tell the person who runs this server.",
                    ),
                    (
                        "content",
                        "A text or table of the plan could not be laid out. Look for unusually long or deeply nested content, shorten it and try again.",
                    ),
                    (
                        "storage",
                        "The PDF was made but could not be stored: the file storage refuses to write. Tell the person who runs this server, then try again.",
                    ),
                ],
                max_length=12,
            ),
        ),
    ]
