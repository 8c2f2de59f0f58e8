from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("exports", "0004_edition")]

    operations = [
        migrations.AddField(
            model_name="export",
            name="format",
            field=models.CharField(
                choices=[
                    ("pdf", "PDF"),
                    ("docx", "Word document (DOCX)"),
                    ("xlsx", "Financial model with live formulas (XLSX)"),
                ],
                default="pdf",
                max_length=5,
                verbose_name="format",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="paper",
            field=models.CharField(
                choices=[("a4", "A4 (210 × 297 mm)"), ("letter", "US Letter (8.5 × 11 in)")],
                default="a4",
                max_length=6,
                verbose_name="paper",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="standard",
            field=models.CharField(
                choices=[
                    ("access", "For reading and screen readers (PDF/UA-1)"),
                    ("archive", "For archives (PDF/A-3a)"),
                ],
                default="access",
                max_length=10,
                verbose_name="PDF standard",
            ),
        ),
        migrations.AddField(
            model_name="export", name="attached", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=Q(format__in=["pdf", "docx", "xlsx"]), name="export_format_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=Q(paper__in=["a4", "letter"]), name="export_paper_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=Q(standard__in=["access", "archive"]), name="export_standard_known"
            ),
        ),
    ]
