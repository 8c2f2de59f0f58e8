"""``manage.py load_rubrics``: the rubrics that we ship. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.reviews.loading import load


class Command(BaseCommand):
    help = "Add the rubrics that are not there yet (safe to run again)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--overwrite", action="store_true", help="replace changed texts by those we ship"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        written = load(overwrite=options["overwrite"])
        if options["verbosity"]:
            self.stdout.write(f"{written} rubrics written.")
