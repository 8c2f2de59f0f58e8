"""``manage.py load_sample NAME --owner E-MAIL``: a sample as a new plan of that person."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.plans import samples, services


class Command(BaseCommand):
    help = "Give a person a new plan made from a sample."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sample", choices=samples.names())
        parser.add_argument("--owner", required=True, help="e-mail address of the account")
        parser.add_argument(
            "--language", default="en", choices=[code for code, _name in settings.LANGUAGES]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        owner = User.objects.filter(email=options["owner"].lower()).first()
        if owner is None:
            raise CommandError(f"There is no account with the address {options['owner']}.")
        document = samples.document(options["sample"], options["language"])
        plan = services.create_plan(by=owner, document=document, sample=options["sample"])
        self.stdout.write(f"/plans/{plan.uid}/")
