"""Objectives, milestones, tasks, project control, quality standards and the change log. Used by
this app only; other sections reach the records through ``contents.part("projects.…")``.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.plans.fields import (
    Choice,
    Day,
    LongText,
    Money,
    Percent,
    Quantity,
    RowRef,
    RowRefs,
    ShortText,
    WholeNumber,
    YesNo,
)
from apps.plans.models import RowRecord, SheetRecord
from apps.projects.network import Network
from apps.projects.rules import schedule

HUNDRED = Decimal(100)


class Kind(models.TextChoices):
    DATA = "data", pgettext_lazy("milestone kind", "Data")
    MODEL = "model", pgettext_lazy("milestone kind", "Model")
    PRODUCT = "product", pgettext_lazy("milestone kind", "Product")
    PILOT = "pilot", pgettext_lazy("milestone kind", "Pilot")
    FILING = "filing", pgettext_lazy("milestone kind", "Filing or approval")
    LAUNCH = "launch", pgettext_lazy("milestone kind", "Launch")
    MARKET = "market", pgettext_lazy("milestone kind", "Market")
    FINANCE = "finance", pgettext_lazy("milestone kind", "Finance")
    OTHER = "other", pgettext_lazy("milestone kind", "Other")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    RELEASE = "release", _("At every release")
    MILESTONE = "milestone", _("At every milestone")


class Aspect(models.TextChoices):
    SCOPE = "scope", pgettext_lazy("change", "Scope")
    TIME = "time", pgettext_lazy("change", "Dates")
    COST = "cost", pgettext_lazy("change", "Cost")
    QUALITY = "quality", pgettext_lazy("change", "Quality")


class Decision(models.TextChoices):
    OPEN = "open", pgettext_lazy("change", "Not decided yet")
    APPROVED = "approved", pgettext_lazy("change", "Approved")
    REJECTED = "rejected", pgettext_lazy("change", "Rejected")
    DEFERRED = "deferred", pgettext_lazy("change", "Put off")


def named(code: str, title: str) -> str:
    return f"{code} {title}" if code else title


class Named:
    """What has a code and a title and is called by both."""

    @property
    def name(self) -> str:
        return named(self.code, self.title)  # type: ignore[attr-defined]

    def __str__(self) -> str:
        return self.name


class Objective(Named, RowRecord):
    code = ShortText(pgettext_lazy("project", "code"), max_length=20, blank=True)
    title = ShortText(pgettext_lazy("project", "objective"))
    reason = LongText(_("why it matters now"), blank=True)
    measure = ShortText(pgettext_lazy("objective", "how it is measured"), blank=True)
    target = ShortText(_("target value"), blank=True)
    due = Day(_("to be reached by"))
    owner = RowRef(_("objective owner"), target="team.role")

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("project", "objective")


class Milestone(Named, RowRecord):
    code = ShortText(pgettext_lazy("project", "code"), max_length=20, blank=True)
    title = ShortText(pgettext_lazy("project", "milestone"))
    kind = Choice(_("kind of milestone"), choices=Kind, blank=True)
    objective = RowRef(_("objective it serves"), target="projects.objective")
    deliverable = LongText(_("deliverable"), blank=True)
    acceptance = LongText(_("acceptance criterion"), blank=True)
    owner = RowRef(_("milestone owner"), target="team.role")
    start = Day(_("work begins on"))
    due = Day(_("milestone date"))
    baseline_due = Day(_("baseline date"))
    reached = Day(_("reached on"))

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("project", "milestone")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(due__gte=F("start")), name="projects_milestone_dates_ordered"
            ),
        ]

    @property
    def network(self) -> Network | None:
        return self.contents.part("projects.control").network if self.contents else None

    @property
    def tasks(self) -> list["Task"]:
        return self.network.by_milestone.get(self.uid, []) if self.network else []

    @property
    def forecast(self) -> date | None:
        """When its last task ends by the schedule, or the day it was reached."""
        ends = [task.expected_end for task in self.tasks if task.expected_end]
        return self.reached or max(ends, default=None)

    @property
    def expected(self) -> date | None:
        """The day it was reached; until then as promised, or by the schedule if that is later."""
        days = [day for day in (self.due, self.forecast) if day is not None]
        return self.reached or max(days, default=None)

    @property
    def buffer(self) -> int | None:
        """Days between the forecast and the milestone's date; below zero it will be missed."""
        return schedule.slip(self.due, self.forecast)

    @property
    def slip(self) -> int | None:
        """Days from the baseline to the day it was, or can be, expected."""
        return schedule.slip(self.expected, self.baseline_due)

    def overdue(self, today: date) -> bool:
        return self.reached is None and self.due is not None and self.due < today


class Task(Named, RowRecord):
    code = ShortText(pgettext_lazy("project", "code"), max_length=20, blank=True)
    title = ShortText(pgettext_lazy("project", "task"))
    milestone = RowRef(_("milestone it leads to"), target="projects.milestone")
    deliverable = LongText(_("deliverable"), blank=True)
    acceptance = LongText(_("acceptance criterion"), blank=True)
    owner = RowRef(_("task owner"), target="team.role")
    effort = Quantity(_("effort (person-days)"))
    cost = Money(_("cost besides salaries"))
    start = Day(_("planned start"))
    end = Day(_("planned end"))
    duration = WholeNumber(_("duration (calendar days)"))
    depends_on = RowRefs(_("waits for"), target="projects.task")
    lag = WholeNumber(_("lag after these (days)"))
    done = Percent(_("share done"), default=Decimal(0))
    actual_effort = Quantity(_("effort so far (person-days)"))
    actual_cost = Money(_("cost so far besides salaries"))
    baseline_start = Day(_("baseline start"))
    baseline_end = Day(_("baseline end"))

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("project", "task")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="projects_task_dates_ordered"
            ),
            models.CheckConstraint(
                condition=Q(baseline_end__gte=F("baseline_start")),
                name="projects_task_baseline_ordered",
            ),
        ]

    @property
    def choice_group(self) -> str:
        """Under what a long list of tasks offers it."""
        milestone = self.milestone_ref
        return str(milestone) if milestone.row else gettext("Tasks without a milestone")

    @property
    def days(self) -> int | None:
        return schedule.days(self.start, self.end, self.duration)

    @property
    def planned_start(self) -> date | None:
        return schedule.first_day(self.start, self.end, self.duration)

    @property
    def finished(self) -> bool:
        return self.done is not None and self.done >= HUNDRED

    @property
    def started(self) -> bool:
        return bool(self.done)

    @property
    def timing(self) -> schedule.Timing | None:
        """Its dates in the network of all tasks; None while its duration is unknown."""
        if self.contents is None:
            return None
        return self.contents.part("projects.control").network.timing(self.uid)

    @property
    def expected_start(self) -> date | None:
        """Start by the schedule: as planned, or as soon as what it waits for allows."""
        return self.timing.early_start if self.timing else None

    @property
    def expected_end(self) -> date | None:
        return self.timing.early_finish if self.timing else None

    @property
    def total_float(self) -> int | None:
        """Days it may be late without moving the end of the plan."""
        return self.timing.total_float if self.timing else None

    @property
    def milestone_float(self) -> int | None:
        """Days it may be late before the date of a milestone is missed, its own or a later one."""
        return self.timing.milestone_float if self.timing else None

    @property
    def critical(self) -> bool:
        return self.timing is not None and self.timing.critical

    @property
    def slip(self) -> int | None:
        return schedule.slip(self.expected_end, self.baseline_end)

    def overdue(self, today: date) -> bool:
        return not self.finished and self.expected_end is not None and self.expected_end < today


class Control(SheetRecord):
    status_date = Day(_("status date"))
    day_rate = Money(_("cost of one person-day"))
    review_rhythm = Choice(_("rhythm of the progress review"), choices=Rhythm, blank=True)
    measuring = LongText(_("how progress is measured"), blank=True)
    tolerance = WholeNumber(_("tolerated slip (days)"))
    change_rule = LongText(_("who may change the plan"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("progress control")

    @cached_property
    def network(self) -> Network:
        """All tasks of the plan; reckoned once for each loaded plan."""
        tasks = self.contents.part("projects.task") if self.contents else []
        milestones = self.contents.part("projects.milestone") if self.contents else []
        deadlines = {one.uid: one.due for one in milestones if one.due and not one.reached}
        return Network(tasks, self.plan.start_month, self.status_date, self.day_rate, deadlines)


class Quality(RowRecord):
    item = ShortText(_("what is judged"))
    metric = ShortText(_("quality metric"), blank=True)
    target = ShortText(_("target value"), blank=True)
    tolerance = ShortText(_("tolerance"), blank=True)
    method = LongText(_("method of measuring"), blank=True)
    frequency = Choice(_("how often"), choices=Rhythm, blank=True)
    owner = RowRef(_("responsible for quality"), target="team.role")
    result = ShortText(_("latest result"), blank=True)
    passed = YesNo(_("meets the standard"))

    class Meta(RowRecord.Meta):
        verbose_name = _("quality standard")

    def __str__(self) -> str:
        return self.item


class Change(RowRecord):
    subject = ShortText(_("change"))
    aspect = Choice(_("what it changes"), choices=Aspect, blank=True)
    milestones = RowRefs(_("milestones it moves"), target="projects.milestone")
    requested_on = Day(_("requested on"))
    requested_by = RowRef(_("requested by"), target="team.role")
    reason = LongText(_("reason for the change"), blank=True)
    effect = LongText(_("effect on dates, cost and quality"), blank=True)
    decision = Choice(_("decision"), choices=Decision, default=Decision.OPEN)
    decided_by = RowRef(_("decided by"), target="team.role")
    decided_on = Day(_("decided on"))

    class Meta(RowRecord.Meta):
        verbose_name = _("change")

    def __str__(self) -> str:
        return self.subject

    @property
    def decided(self) -> bool:
        return self.decision in {Decision.APPROVED, Decision.REJECTED}
