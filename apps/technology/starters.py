"""The usual first rows, offered while a table is empty. Used by section.py only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.technology.choices import Stage, TrendKind


def usual_steps() -> list[dict[str, Any]]:
    """The steps of the three stages (chapter 5.2)."""
    steps = {
        Stage.DATA: (
            (_("Collect data"), _("Raw data of every source, with the right to use it on file")),
            (_("Clean data"), _("A data set without duplicates, errors and personal details")),
            (_("Augment data"), _("Additional examples where the data is thin")),
            (_("Extract features"), _("Tokens, labels and splits, ready for training")),
        ),
        Stage.MODEL: (
            (_("Choose the architecture"), _("A model design and the reasons for it")),
            (_("Set parameters"), _("Size, context length and training plan")),
            (pgettext("step", "Train"), _("A trained model with its log")),
            (
                pgettext("step", "Tune"),
                _("Learning rate and data mix that win on the evaluation set"),
            ),
            (pgettext("step", "Regularise"), _("Proof that the model neither over- nor underfits")),
        ),
        Stage.OPERATIONS: (
            (_("Choose the platform and deploy"), _("A service that scales with the load")),
            (pgettext("step", "Monitor"), _("Alerts on quality, data flow and capacity")),
            (pgettext("step", "Update"), _("A rhythm of new versions, each through the gates")),
        ),
    }
    return [
        {"stage": stage, "name": name, "deliverable": deliverable}
        for stage, rows in steps.items()
        for name, deliverable in rows
    ]


def usual_trends() -> list[dict[str, Any]]:
    """The five directions of chapters 1.2 and 5.3."""
    return [
        {"kind": TrendKind.ARCHITECTURE, "name": _("New architectures after the Transformer")},
        {
            "kind": TrendKind.HARDWARE,
            "name": _("Special hardware makes training and serving cheaper"),
        },
        {"kind": TrendKind.DATA, "name": _("Data becomes easier to get, its rights harder")},
        {
            "kind": TrendKind.COMPRESSION,
            "name": _("Distillation and pruning make small models good"),
        },
        {"kind": TrendKind.CROSS_MODAL, "name": _("Models learn across text, images and speech")},
    ]
