"""The forms of the technology section; the guidance modules say why each question is asked."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.plans.forms import RecordForm
from apps.technology import guidance, guidance_service
from apps.technology.follow_up import FollowUpForm
from apps.technology.models import Data, Evaluation, Profile, Run, Serving, Step, Tool, Trend
from apps.technology.needs import MODE_FIELDS, STRATEGY_FIELDS


class ProfileForm(FollowUpForm):
    class Meta:
        model = Profile
        fields = (
            "strategy", "strategy_reason", "tasks", "modalities", "base_model", "base_licence",
            "commercial_use", "fallback", "retrieval", "teacher", "teacher_permits",
            "architecture", "parameters", "training_tokens", "eu_market", "public_china",
            "filing", "launch",
        )  # fmt: skip

    decider = "strategy"
    follow_ups = STRATEGY_FIELDS
    groups = (
        (_("The choice"), ("strategy", "strategy_reason", "tasks", "modalities")),
        (
            _("What it builds on"),
            ("base_model", "base_licence", "commercial_use", "fallback", "retrieval", "teacher",
             "teacher_permits"),
        ),
        (_("A model of our own"), ("architecture", "parameters", "training_tokens")),
        (_("Where it is offered"), ("eu_market", "public_china", "filing", "launch")),
    )  # fmt: skip
    guide = guidance.PROFILE


class StepForm(RecordForm):
    class Meta:
        model = Step
        fields = (
            "name", "stage", "deliverable", "exit_criterion", "owner", "start", "end", "status",
        )  # fmt: skip

    guide = guidance.STEP

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end lies before the start. Choose a later day."))
        return cleaned


class DataForm(RecordForm):
    class Meta:
        model = Data
        fields = (
            "name", "kind", "description", "size", "modality", "language", "licence", "right",
            "right_note", "expiry", "personal", "cross_border", "safeguards", "cost", "acquired",
        )  # fmt: skip

    groups = (
        (_("The data"), ("name", "kind", "description", "size", "modality", "language")),
        (_("What we may do with it"), ("licence", "right", "right_note", "expiry")),
        (_("People in the data"), ("personal", "cross_border", "safeguards")),
        (_("What it costs"), ("cost", "acquired")),
    )
    guide = guidance.DATA
    shelves = {"name": ("data",)}


class RunForm(RecordForm):
    class Meta:
        model = Run
        fields = (
            "name", "purpose", "model_name", "goal", "data", "parameters", "tokens", "gpu", "gpus",
            "peak", "mfu", "overhead", "price", "start", "task", "step",
            "milestone",
        )  # fmt: skip

    groups = (
        (_("The run"), ("name", "purpose", "model_name", "goal", "data")),
        (_("Its size"), ("parameters", "tokens")),
        (_("The machines"), ("gpu", "gpus", "peak", "mfu", "overhead", "price")),
        (_("When it runs, and for what"), ("start", "task", "step", "milestone")),
    )
    guide = guidance.RUN

    def clean_mfu(self) -> Decimal | None:
        """Empty is unknown; at zero or below nothing would ever be computed."""
        mfu: Decimal | None = self.cleaned_data.get("mfu")
        if mfu is not None and mfu <= 0:
            raise ValidationError(
                _("A run that uses none of its GPUs never ends. Give the share of their peak that "
                  "reaches the model, usually 25 to 50; leave it empty if you do not know it yet."),
                code="mfu_not_above_zero",
            )  # fmt: skip
        return mfu


class ServingForm(FollowUpForm):
    class Meta:
        model = Serving
        fields = (
            "mode", "input_price", "output_price", "input_share", "gpu", "throughput",
            "utilisation", "price", "latency", "availability", "scaling",
        )  # fmt: skip

    decider = "mode"
    follow_ups = MODE_FIELDS
    groups = (
        (_("How answers are made"), ("mode",)),
        (_("Tokens bought from an API"), ("input_price", "output_price", "input_share")),
        (_("Tokens made on GPUs"), ("gpu", "throughput", "utilisation", "price")),
        (_("What customers can rely on"), ("latency", "availability", "scaling")),
    )
    guide = guidance_service.SERVING


class EvaluationForm(RecordForm):
    class Meta:
        model = Evaluation
        fields = (
            "name", "metric", "direction", "description", "baseline", "target", "gate", "result",
            "measured",
        )  # fmt: skip

    guide = guidance_service.EVALUATION


class ToolForm(RecordForm):
    class Meta:
        model = Tool
        fields = ("name", "kind", "reason", "alternative")

    guide = guidance_service.TOOL
    shelves = {"name": ("tool", "code")}


class TrendForm(RecordForm):
    class Meta:
        model = Trend
        fields = ("name", "kind", "impact", "effect", "signal", "response")

    guide = guidance_service.TREND
