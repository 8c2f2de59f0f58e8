"""``manage.py refresh_progress``: count progress again, after a section's needs changed."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.plans import services
from apps.plans.models import Plan


class Command(BaseCommand):
    help = (
        "Count the progress of every plan again (after an upgrade that changes what is required)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for plan in Plan.objects.iterator():
            services.refresh_all_progress(plan=plan)
