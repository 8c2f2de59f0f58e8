"""The forms of the brand section; guidance.py says why each question is asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.branding import guidance
from apps.branding.models import Channel, EquityBlock, Identity, Positioning, Trust
from apps.plans.forms import RecordForm


class PositioningForm(RecordForm):
    class Meta:
        model = Positioning
        fields = (
            "target", "need", "brand", "category", "benefit", "alternative", "reason",
            "other_language", "parity", "difference", "proof_professional", "proof_reliable",
        )  # fmt: skip

    groups = (
        (
            _("The statement"),
            ("target", "need", "brand", "category", "benefit", "alternative", "reason",
             "other_language"),
        ),
        (_("Compared with others"), ("parity", "difference")),
        (_("Proof for demanding buyers"), ("proof_professional", "proof_reliable")),
    )  # fmt: skip
    guide = guidance.POSITIONING


class IdentityForm(RecordForm):
    class Meta:
        model = Identity
        fields = (
            "name", "name_status", "name_note", "tagline", "values", "voice", "logo", "colours",
        )  # fmt: skip

    groups = (
        (_("Name and mark"), ("name", "name_status", "name_note", "tagline")),
        (_("Character"), ("values", "voice")),
        (_("Look"), ("logo", "colours")),
    )
    guide = guidance.IDENTITY


class EquityBlockForm(RecordForm):
    class Meta:
        model = EquityBlock
        fields = ("block", "current", "target", "proof")

    guide = guidance.EQUITY


class ChannelForm(RecordForm):
    class Meta:
        model = Channel
        fields = (
            "name", "route", "segment", "objective", "activity", "owner", "start", "end", "budget",
            "kpi", "kpi_baseline", "kpi_target", "kpi_actual", "customers",
        )  # fmt: skip

    groups = (
        (_("What and for whom"), ("name", "route", "segment", "objective", "activity")),
        (_("Who, when, how much"), ("owner", "start", "end", "budget")),
        (_("What it must bring"), ("kpi", "kpi_baseline", "kpi_target", "kpi_actual", "customers")),
    )
    guide = guidance.CHANNEL

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end lies before the start. Choose a later day."))
        return cleaned


class TrustForm(RecordForm):
    class Meta:
        model = Trust
        fields = (
            "benchmark", "model_card", "safety_page", "licence", "certifications",
            "certification_note", "filing_number",
        )  # fmt: skip

    groups = (
        (_("About the model"), ("benchmark", "model_card", "safety_page", "licence")),
        (
            _("About the company and the service"),
            ("certifications", "certification_note", "filing_number"),
        ),
    )
    guide = guidance.TRUST
