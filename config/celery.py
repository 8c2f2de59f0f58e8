"""The Celery application. Workers start with ``celery -A config worker``."""

import os

from celery import Celery
from celery.signals import celeryd_init, heartbeat_sent

from apps.core.ops import fonts, heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("ventureplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

heartbeat_sent.connect(heartbeat.beat)


@celeryd_init.connect
def choose_fonts(**_: object) -> None:
    """Before the pool is forked and before anything imports WeasyPrint."""
    fonts.activate()
