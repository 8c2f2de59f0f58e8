"""Freezing the dates of the schedule as its baseline, with a line in the change log. Used by
section.py only, which declares it as a button of the milestones and of the tasks."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from apps.plans.bulk import BulkForm
from apps.plans.contents import Content
from apps.projects.models import Aspect, Change, Decision, Milestone, Task


class Scope(models.TextChoices):
    MISSING = "missing", _("Only where there is no baseline yet")
    ALL = "all", _("Everywhere, except for what is finished and has one")


class BaselineForm(BulkForm):
    scope = forms.ChoiceField(
        label=_("Which baselines are set?"),
        choices=Scope,
        widget=forms.RadioSelect,
        required=False,
        initial=Scope.MISSING,
    )
    reason = forms.CharField(
        label=_("Why now?"),
        help_text=_("Stands in the change log, for whoever reads the plan later."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if all(map(has_baseline, rows(self.content))):
            self.initial["scope"] = Scope.ALL

    @property
    def asks(self) -> bool:
        return any(map(has_baseline, rows(self.content)))

    @property
    def question(self) -> str:
        every = rows(self.content)
        return gettext(
            "%(count)d of %(all)d tasks and milestones have a baseline already. A baseline that is "
            "replaced starts the slip again from 0; the old one stays in the plan's versions."
        ) % {"count": sum(map(has_baseline, every)), "all": len(every)}


def set_baseline(form: BulkForm, content: Content, today: date) -> int:
    """How many rows got one, with a line in the change log in the language of the plan."""
    everywhere = form.cleaned_data["scope"] == Scope.ALL
    frozen = [row for row in rows(content) if freeze(row, everywhere=everywhere)]
    if not frozen:
        return 0
    change = Change(
        plan=content.plan,
        subject=gettext("Baseline set"),
        aspect=Aspect.TIME,
        requested_on=today,
        reason=form.cleaned_data["reason"],
        effect=told(frozen),
        decision=Decision.APPROVED,
        decided_on=today,
    )
    content["change"].append(change)
    return len(frozen)


def rows(content: Content) -> list[Task | Milestone]:
    return [*content["task"], *content["milestone"]]


def has_baseline(row: Task | Milestone) -> bool:
    return (row.baseline_end if isinstance(row, Task) else row.baseline_due) is not None


def freeze(row: Task | Milestone, *, everywhere: bool) -> bool:
    """Give the row its dates as its baseline; whether that changed anything. What is finished
    keeps its baseline: how it went is history. What has no dates yet gets none."""
    finished = row.finished if isinstance(row, Task) else row.reached is not None
    if has_baseline(row) and (finished or not everywhere):
        return False
    before = baseline(row)
    if isinstance(row, Task):
        if row.timing:
            row.baseline_start, row.baseline_end = row.expected_start, row.expected_end
    else:
        row.baseline_due = row.expected or row.baseline_due
    return baseline(row) != before


def baseline(row: Task | Milestone) -> tuple[date | None, ...]:
    if isinstance(row, Task):
        return row.baseline_start, row.baseline_end
    return (row.baseline_due,)


def told(frozen: list[Task | Milestone]) -> str:
    tasks = sum(isinstance(row, Task) for row in frozen)
    milestones = len(frozen) - tasks
    counts = []
    if tasks:
        counts.append(ngettext("%(count)d task", "%(count)d tasks", tasks) % {"count": tasks})
    if milestones:
        text = ngettext("%(count)d milestone", "%(count)d milestones", milestones)
        counts.append(text % {"count": milestones})
    return gettext("Baseline set for %(rows)s.") % {"rows": gettext(", ").join(counts)}
