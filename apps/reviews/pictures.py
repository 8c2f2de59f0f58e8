"""Scores as pictures: mentors beside the founders' own, criterion by criterion and round by round.
Pure functions of what assessments.py gathered."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.core import charts
from apps.core.money import number
from apps.reviews.assessments import Round


def by_criterion(one: Round) -> charts.Picture | None:
    """One round: a mark for the founders' own points, one for the mentors' mean."""
    changes = [
        charts.Change(str(row.criterion), row.own, rounded(row.mentors.value)) for row in one.rows
    ]
    title = _("Scores of version %(number)s, by criterion") % {"number": one.version.number}
    return charts.dumbbell(
        id=f"round-{one.version.number}-{one.rubric.pk}", title=title, changes=changes,
        current_label=_("Founders' own"), target_label=_("Mentors, mean"), low=0, high=5,
        format_value=shown, label_head=_("Criterion"), width=620,
    )  # fmt: skip


def by_round(rounds: Sequence[Round]) -> charts.Picture | None:
    """All rounds of one rubric, in order: the two weighted means, on the whole scale of
    points: an axis that ended at the best mean would make it look perfect."""
    if len(rounds) < 2:
        return None
    changes = [
        charts.Change(
            _("Version %(number)s") % {"number": one.version.number},
            rounded(one.own.value), rounded(one.mentors.value),
        )
        for one in rounds
    ]  # fmt: skip
    return charts.dumbbell(
        id=f"rounds-{rounds[0].rubric.pk}", title=_("Weighted means, round by round"),
        changes=changes, current_label=_("Founders' own"), target_label=_("Mentors, mean"),
        low=0, high=5, format_value=shown, label_head=_("Version"), width=620,
    )  # fmt: skip


def rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 2)


def shown(value: object) -> str:
    return number(value)
