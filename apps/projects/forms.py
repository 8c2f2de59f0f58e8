"""The forms of the project section. Used by section.py only; what they say is in guidance.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.forms import RecordForm
from apps.projects import guidance
from apps.projects.models import (
    Change,
    Control,
    Decision,
    Milestone,
    Objective,
    Quality,
    Task,
    named,
)
from apps.projects.rules import schedule

END_BEFORE_START = _("The end is before the start. Correct one of the two days.")


class ObjectiveForm(RecordForm):
    class Meta:
        model = Objective
        fields = ("code", "title", "reason", "measure", "target", "due", "owner")

    guide = guidance.OBJECTIVE


class MilestoneForm(RecordForm):
    class Meta:
        model = Milestone
        fields = (
            "code", "title", "kind", "objective", "deliverable", "acceptance", "owner",
            "start", "due", "baseline_due", "reached",
        )  # fmt: skip

    guide = guidance.MILESTONE
    groups = (
        (
            _("The result"),
            ("code", "title", "kind", "objective", "deliverable", "acceptance", "owner"),
        ),
        (pgettext_lazy("project", "Dates"), ("start", "due", "baseline_due", "reached")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, due = cleaned.get("start"), cleaned.get("due")
        if start and due and due < start:
            self.add_error(
                "due", _("The milestone lies before its work begins. Correct one of the two days.")
            )
        return cleaned


class TaskForm(RecordForm):
    class Meta:
        model = Task
        fields = (
            "code", "title", "milestone", "deliverable", "acceptance", "owner",
            "start", "end", "duration", "depends_on", "lag", "effort", "cost",
            "done", "actual_effort", "actual_cost", "baseline_start", "baseline_end",
        )  # fmt: skip

    guide = guidance.TASK
    groups = (
        (
            _("The work"),
            ("code", "title", "milestone", "deliverable", "acceptance", "owner"),
        ),
        (pgettext_lazy("project", "Dates"), ("start", "end", "duration", "depends_on", "lag")),
        (_("Effort and cost"), ("effort", "cost")),
        (_("Progress"), ("done", "actual_effort", "actual_cost")),
        (pgettext_lazy("project", "Baseline"), ("baseline_start", "baseline_end")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for first, last in (("start", "end"), ("baseline_start", "baseline_end")):
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, END_BEFORE_START)
        self._check_duration(cleaned)
        self._check_circle(cleaned)
        return cleaned

    def _check_duration(self, cleaned: dict[str, Any]) -> None:
        duration = cleaned.get("duration")
        between = schedule.days(cleaned.get("start"), cleaned.get("end"), None)
        if duration == 0:
            self.add_error(
                "duration", _("A task takes at least one day. For a moment, use a milestone.")
            )
        elif duration is not None and between is not None and duration != between:
            self.add_error(
                "duration",
                _("From start to end it is %(days)d days. Leave the duration empty, or the end.")
                % {"days": between},
            )

    def _check_circle(self, cleaned: dict[str, Any]) -> None:
        """Tasks cannot wait for one another; the sentence names the way round."""
        names = {task.uid: str(task) for task in self.contents.part("projects.task")}
        links = {
            task.uid: [uid for uid in task.depends_on or [] if uid in names]
            for task in self.contents.part("projects.task")
        }
        me = self.instance.uid
        names[me] = named(cleaned.get("code", ""), cleaned.get("title", ""))
        links[me] = [uid for uid in cleaned.get("depends_on") or [] if uid in names]
        way = schedule.circle(links, me)
        if way:
            self.add_error(
                "depends_on",
                _("These tasks would wait for one another: %(names)s. Untick one of them.")
                % {"names": " → ".join(names[uid] for uid in way)},
            )


class ControlForm(RecordForm):
    class Meta:
        model = Control
        fields = (
            "status_date", "day_rate", "review_rhythm", "measuring", "tolerance", "change_rule",
        )  # fmt: skip

    guide = guidance.CONTROL


class QualityForm(RecordForm):
    class Meta:
        model = Quality
        fields = (
            "item", "metric", "target", "tolerance", "method", "frequency", "owner", "result",
            "passed",
        )  # fmt: skip

    guide = guidance.QUALITY


class ChangeForm(RecordForm):
    class Meta:
        model = Change
        fields = (
            "subject", "aspect", "milestones", "requested_on", "requested_by", "reason", "effect",
            "decision", "decided_by", "decided_on",
        )  # fmt: skip

    guide = guidance.CHANGE
    groups = (
        (
            _("The request"),
            ("subject", "aspect", "milestones", "requested_on", "requested_by", "reason", "effect"),
        ),
        (_("The decision"), ("decision", "decided_by", "decided_on")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked, decided = cleaned.get("requested_on"), cleaned.get("decided_on")
        if asked and decided and decided < asked:
            self.add_error(
                "decided_on", _("The decision is before the request. Correct one of the two days.")
            )
        if decided and cleaned.get("decision") == Decision.OPEN:
            self.add_error("decision", _("There is a day of decision: say what was decided."))
        return cleaned
