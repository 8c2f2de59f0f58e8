from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "apps.exports"
    label = "exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        # A plan is deleted by an app that knows nothing of exports; only the database's cascade
        # tells us. Housekeeping, no business rule: the file goes when its row goes.
        post_delete.connect(_delete_file, sender="exports.Export", dispatch_uid="export_file")


def _delete_file(instance: Any, **_kwargs: Any) -> None:
    from apps.exports.services import delete_file

    if name := instance.file.name:
        transaction.on_commit(lambda: delete_file(name))
