"""``manage.py messages``: bring the catalogues up to date with the texts in code and templates.

New texts come in empty, unused ones go, translations stay. ``--check`` writes nothing, lists what
is missing and fails if anything is.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.ops import catalogues, messages
from apps.core.ops.messages_check import problems


class Command(BaseCommand):
    help = "Bring the message catalogues up to date with the texts in code and templates."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only list what is missing")
        parser.add_argument("apps", nargs="*", metavar="app", help="these apps only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            for app, texts in messages.collect().items():
                if app in (options["apps"] or [app]):
                    self.update(app, texts)
            catalogues.compile_all()
        found = problems()
        for line in found:
            self.stdout.write(line)
        if options["check"] and found:
            raise CommandError(f"{len(found)} problems in the catalogues.")

    def update(self, app: str, texts: list[messages.Message]) -> None:
        path = messages.catalogue_path(app)
        made = str(messages.updated(messages.read(path), texts)).rstrip() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == made:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
        self.stdout.write(f"updated {path.relative_to(catalogues.BASE_DIR)}")
