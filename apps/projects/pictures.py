"""The pictures of the project section. Used by section.py only."""

from calendar import monthrange
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.core import charts, money
from apps.core.charts import Curve, Mark, Picture, Span
from apps.projects.models import Milestone, Task
from apps.projects.network import Network
from apps.projects.rules import earned
from apps.projects.rules.spread import month_start

MOST_ROWS = 28  # more would not fit a printed page
MOST_POINTS = 40


# --- Gantt ---------------------------------------------------------------------------------------
def gantt(
    milestones: list[Milestone], orphans: list[Task], network: Network
) -> Picture | None:  # fmt: skip
    """Tasks under their milestones; a long plan shows one bar for each milestone's tasks."""
    groups = [(milestone, milestone.tasks) for milestone in by_date(milestones)]
    long = is_long(milestones, network)
    notes = []
    if long:
        spans = [summary(milestone, tasks) for milestone, tasks in groups]
        notes.append(_("The plan is long: each bar stands for all tasks of a milestone."))
        more = len(spans) - MOST_ROWS
        if more > 0:
            notes.append(
                ngettext("%(count)d more milestone is not drawn.",
                         "%(count)d more milestones are not drawn.", more) % {"count": more}
            )  # fmt: skip
        spans = spans[:MOST_ROWS]
    else:
        spans = detailed([*groups, (None, orphans)])
    return charts.calendar(
        id="projects-gantt",
        title=_("Project calendar with critical path"),
        spans=spans,
        format_month=lambda day: f"{day.year}-{day.month:02d}",
        format_date=money.day,
        today=network.status_date,
        today_label=_("Status date"),
        label_head=_("Task or milestone"),
        start_head=_("Start"),
        end_head=_("End"),
        description=" ".join(notes),
        width=680,
    )


def is_long(milestones: list[Milestone], network: Network) -> bool:
    """Whether the plan has more than a page shows line by line."""
    return len(milestones) + len(network.tasks) > MOST_ROWS


def by_date(milestones: list[Milestone]) -> list[Milestone]:
    return sorted(milestones, key=lambda milestone: (milestone.due or date.max, milestone.position))


def detailed(groups: list[tuple[Milestone | None, list[Task]]]) -> list[Span]:
    order = [task for _milestone, tasks in groups for task in in_time(tasks)]
    rows: dict[str, int] = {}
    row = 0
    for milestone, tasks in groups:
        for task in in_time(tasks):
            rows[task.uid] = row
            row += 1
        row += milestone is not None
    bars = {
        task.uid: Span(
            str(task),
            task.expected_start,
            task.expected_end,
            done=float(task.done or 0) / 100,
            group=float_group(task.critical),
            critical=task.critical,
            after=tuple(rows[uid] for uid in task.depends_on or [] if uid in rows),
        )
        for task in order
    }
    spans = []
    for milestone, tasks in groups:
        spans += [bars[task.uid] for task in in_time(tasks)]
        if milestone is not None:
            spans.append(diamond(milestone))
    return spans


def in_time(tasks: list[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.expected_start or date.max, task.position))


def diamond(milestone: Milestone) -> Span:
    day = milestone.reached or milestone.due
    return Span(str(milestone), day, day, milestone=True)


def float_group(critical: bool) -> str:
    return _("On the critical path: no day may be lost") if critical else _("With float")


def summary(milestone: Milestone, tasks: list[Task]) -> Span:
    """All tasks of a milestone as one bar, with the milestone's date as a note."""
    starts = [task.expected_start for task in tasks if task.expected_start]
    ends = [task.expected_end for task in tasks if task.expected_end]
    if not starts:
        return diamond(milestone)
    share = sum(float(task.done or 0) for task in tasks) / len(tasks) / 100
    critical = any(task.critical for task in tasks)
    return Span(
        str(milestone),
        min(starts),
        max(ends),
        note=money.day(milestone.due) if milestone.due else "",
        done=share,
        group=float_group(critical),
        critical=critical,
    )


# --- S-curve -------------------------------------------------------------------------------------
def s_curve(network: Network, currency: str) -> Picture | None:
    """Planned value over the whole plan; earned value and actual cost up to the status date."""
    works = network.works
    if not works or not any(work.budget for work in works):
        return None
    first = min(min(work.start, work.began) for work in works).replace(day=1)
    last = max(max(work.end, work.ends) for work in works)
    axis = Months(first)
    days = axis.edges(last)
    status = network.status_date
    names = [_("Planned value"), _("Earned value"), _("Actual cost")]
    runs: list[list[tuple[float, Any]]] = [
        [(0, 0), *((axis.at(day, end=True), earned.planned(works, day)) for day in days)]
    ]
    marks = []
    if status is not None and first <= status:
        past = [(0, 0, 0)]
        for day in [*(day for day in days if day < status), status]:
            past.append((axis.at(day, end=True), *earned.history(works, day, status)))
        runs.append([(x, value) for x, value, _spent in past])
        if network.value.ac is not None:
            runs.append([(x, spent) for x, _value, spent in past])
        marks = [Mark(axis.at(status, end=True), _("Status date"))]
    return charts.curves(
        id="projects-s-curve",
        title=_("Planned value, earned value and actual cost"),
        curves=[Curve(name, points) for name, points in zip(names, runs, strict=False)],
        marks=marks,
        x_label=pgettext("project", "Time"),
        y_label=_("Amount to date"),
        format_x=axis.name,
        format_y=lambda value: money.short_money(value, currency),
    )


class Months:
    """Calendar days as months from a first one, for an axis whose ticks are round numbers."""

    def __init__(self, first: date) -> None:
        self.first = first

    def at(self, day: date, *, end: bool = False) -> float:
        """3.0 is the beginning of the fourth month; ``end`` counts the day itself as over."""
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return months + (day.day - (0 if end else 1)) / monthrange(day.year, day.month)[1]

    def name(self, x: Any) -> str:
        """2027-04, and 2027-04-16 within a month."""
        whole = int(x // 1)
        month = month_start(self.first, whole)
        day = 1 + round((x - whole) * monthrange(month.year, month.month)[1])
        text = f"{month.year}-{month.month:02d}"
        return text if day == 1 else f"{text}-{day:02d}"

    def edges(self, last: date) -> list[date]:
        """Last days of the months up to ``last``, as many as a curve can use, and ``last``."""
        months = (last.year - self.first.year) * 12 + last.month - self.first.month
        step = months // MOST_POINTS + 1
        ends = [
            date.fromordinal(month_start(self.first, i).toordinal() - 1)
            for i in range(step, months + 1, step)
        ]
        return [*ends, last]
