"""``manage.py up``: start the product; ``up --check``: prove that it works and stop again."""

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Start VenturePlan: web, worker and, unless the environment names them, their services."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, help="port of the web server (default: 8000)")
        parser.add_argument(
            "--check",
            action="store_true",
            help="start on a temporary data folder, export a PDF as a founder would, stop again",
        )

    def handle(self, *args, **options) -> None:
        port = options["port"]
        if port is not None and not 0 < port < 65536:
            raise CommandError("--port takes a number from 1 to 65535.")
        if options["check"]:
            from apps.core.ops.check import CheckFailed, run_check

            try:
                run_check(port, self.say)
            except CheckFailed as error:
                raise CommandError(str(error)) from error
            return

        from apps.core.ops.launcher import Launcher, StartError

        try:
            Launcher(port or 8000, self.say).run()
        except StartError as error:
            raise CommandError(str(error)) from error

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
