"""The section "Project": its parts, and what it tells the whole plan."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.plans.checks import Finding, MonthlyCost, Place
from apps.plans.choices import Stage
from apps.plans.contents import Content, Contents
from apps.plans.sections import BulkChange, Section, Sheet, Table, register
from apps.projects.baseline import BaselineForm, set_baseline
from apps.projects.checks import findings
from apps.projects.forms import (
    ChangeForm,
    ControlForm,
    MilestoneForm,
    ObjectiveForm,
    QualityForm,
    TaskForm,
)
from apps.projects.needs import (
    change_needs,
    control_needs,
    milestone_needs,
    objective_needs,
    quality_needs,
    task_needs,
)
from apps.projects.overview import context, figures
from apps.projects.rules.spread import by_month
from apps.projects.starters import usual_milestones, usual_standards

SET_BASELINE = BulkChange(
    name="baseline", label=_("Set baseline now"), form=BaselineForm, apply=set_baseline
)


def checks(contents: Contents) -> list[Finding]:
    return findings(contents, timezone.localdate())


def monthly_costs(content: Content) -> list[MonthlyCost]:
    """Each task's cost over the calendar days in which it is done."""
    costs = []
    for task in content["task"]:
        if not task.cost or task.timing is None:
            continue
        amounts = by_month(
            task.cost, task.timing.early_start, task.timing.early_finish, content.plan.start_month
        )
        if any(amounts):
            place = Place("projects", "task", task.uid, "cost")
            costs.append(MonthlyCost("tasks", str(task), amounts, place))
    return costs


register(
    Section(
        name="projects",
        title=pgettext_lazy("section", "Project"),
        lead=_("What is done by when and by whom, what it waits for, and how well it goes."),
        order=50,
        parts=(
            Table(
                name="objective",
                form=ObjectiveForm,
                title=pgettext_lazy("project", "Objectives"),
                singular=pgettext_lazy("project", "objective"),
                intro=_("What the work is for. Few, measurable, each with a date."),
                columns=("name", "measure", "target", "due", "owner"),
                headings={"name": pgettext_lazy("project", "Objective")},
                needs=objective_needs,
                min_rows=1,
            ),
            Table(
                name="milestone",
                form=MilestoneForm,
                title=pgettext_lazy("project", "Milestones"),
                singular=pgettext_lazy("project", "milestone"),
                intro=_(
                    "Results with a date that you promise to others. The forecast comes from the "
                    "tasks; the buffer is what lies between it and the promise."
                ),
                columns=("name", "owner", "due", "forecast", "buffer"),
                headings={
                    "name": pgettext_lazy("project", "Milestone"),
                    "forecast": _("Forecast"),
                    "buffer": _("Buffer (days)"),
                },
                needs=milestone_needs,
                min_rows=1,
                more_rows={Stage.PRE_SEED: 3},
                starters=usual_milestones,
                bulk=(SET_BASELINE,),
                pictures=("gantt",),
            ),
            Table(
                name="task",
                form=TaskForm,
                title=pgettext_lazy("project", "Tasks"),
                singular=pgettext_lazy("project", "task"),
                intro=_(
                    "Give a start, or what the task waits for, and an end or a duration; the "
                    "schedule works out the other dates. A float to the end of 0 means that the "
                    "task is on the critical path: every day lost there is a day lost for the "
                    "whole plan."
                ),
                columns=(
                    "name",
                    "expected_start",
                    "expected_end",
                    "milestone_float",
                    "total_float",
                    "done",
                ),
                headings={
                    "name": pgettext_lazy("project", "Task"),
                    "expected_start": _("Start by the schedule"),
                    "expected_end": _("End by the schedule"),
                    "milestone_float": _("Float to the milestone (days)"),
                    "total_float": _("Float to the end (days)"),
                },
                needs=task_needs,
                since=Stage.PRE_SEED,
                min_rows=3,
                bulk=(SET_BASELINE,),
                quantified=("effort", "cost"),
                pictures=("gantt",),
            ),
            Sheet(
                name="control",
                form=ControlForm,
                title=_("Progress control"),
                intro=_(
                    "How you see whether work goes as planned: one status date, one way of "
                    "counting, one limit beyond which somebody decides."
                ),
                needs=control_needs,
                since=Stage.PRE_SEED,
                quantified=("day_rate",),
                pictures=("s_curve",),
            ),
            Table(
                name="quality",
                form=QualityForm,
                title=_("Quality standards"),
                singular=_("quality standard"),
                intro=_("What has to be good, how good, and how you find out before customers do."),
                columns=("item", "metric", "target", "result", "passed"),
                needs=quality_needs,
                since=Stage.SEED,
                min_rows=1,
                more_rows={Stage.GROWTH: 3},
                starters=usual_standards,
            ),
            Table(
                name="change",
                form=ChangeForm,
                title=_("Change log"),
                singular=_("change"),
                intro=_("What was changed in the plan, why, and who decided."),
                columns=("subject", "aspect", "requested_on", "decision", "decided_on"),
                needs=change_needs,
                more_rows={Stage.GROWTH: 1},
            ),
        ),
        context=context,
        checks=checks,
        monthly_costs=monthly_costs,
        figures=figures,
    )
)
