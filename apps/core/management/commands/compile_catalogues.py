"""``manage.py compile_catalogues``: make the translations visible after editing a .po file."""

from django.core.management.base import BaseCommand

from apps.core.ops import catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues that changed."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        for path in catalogues.compile_all():
            self.stdout.write(f"compiled {path.relative_to(catalogues.BASE_DIR)}")
