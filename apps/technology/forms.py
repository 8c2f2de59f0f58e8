"""The forms of the technology section; the guidance modules say why each question is asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.plans.evidence import KEYS, input_name
from apps.plans.forms import RecordForm
from apps.technology import guidance, guidance_service
from apps.technology.models import Data, Evaluation, Profile, Run, Serving, Step, Tool, Trend
from apps.technology.needs import MODE_FIELDS, STRATEGY_FIELDS, Fields, unused


class FollowUpForm(RecordForm):
    """A form whose later questions depend on one answer.

    Once the answer is saved, the questions it does not call for are put away; what was written in
    them stays in the record and comes back with another answer. Before that all are shown, so
    that nothing needs a script.
    """

    decider = ""
    follow_ups: dict[str, Fields] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.put_away = unused(getattr(self.instance, self.decider), self.follow_ups)
        if not self.put_away:
            return
        for name in self.put_away:
            self.fields.pop(name, None)
            for key in KEYS:
                self.fields.pop(input_name(name, key), None)
        labels = [f"“{self.label_of(name)}”" for name in self.put_away]
        self.fields[self.decider].help_text = _(
            "Not asked for this choice: %(fields)s. To see them, choose another one and save; "
            "nothing that was written in them is lost."
        ) % {"fields": _(", ").join(labels)}
        self.groups = tuple(
            (title, members) for title, members in self.groups if self.fields.keys() & set(members)
        )
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kept = self.before.get("evidence", {})
        self.instance.evidence |= {name: kept[name] for name in self.put_away if name in kept}
        return cleaned


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
            "peak", "mfu", "overhead", "price", "start", "step", "milestone",
        )  # fmt: skip

    groups = (
        (_("The run"), ("name", "purpose", "model_name", "goal", "data")),
        (_("Its size"), ("parameters", "tokens")),
        (_("The machines"), ("gpu", "gpus", "peak", "mfu", "overhead", "price")),
        (_("When it runs, and for what"), ("start", "step", "milestone")),
    )
    guide = guidance.RUN


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
