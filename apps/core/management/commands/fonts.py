"""``manage.py fonts``: make the fonts of the PDF ahead of time, as the Dockerfile does."""

from django.core.management.base import BaseCommand

from apps.core.ops import fonts


class Command(BaseCommand):
    help = "Make the fonts that PDF exports use and show the fontconfig file."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        self.stdout.write(str(fonts.ensure()))
