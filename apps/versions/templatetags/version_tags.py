"""What the pages of versions, and pages that show a difference, need. Showing only."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.versions.diff import PlanDiff
from apps.versions.figures import FigureChange, figure_changes
from apps.versions.models import Version
from apps.versions.shown import ShownDiff, shown

register = template.Library()


@register.simple_tag
def shown_diff(diff: PlanDiff) -> ShownDiff:
    """{% shown_diff diff as found %}: the difference in words."""
    return shown(diff)


@register.simple_tag
def moved_figures(diff: PlanDiff) -> list[FigureChange]:
    """{% moved_figures diff as figures %}: the derived figures that read otherwise."""
    return figure_changes(diff)


@register.filter
def version_name(version: Version | None) -> str:
    """Version 3 “Before the pitch”; "now" for the plan as it stands."""
    if version is None:
        return pgettext("versions", "now")
    words = {"number": version.number, "label": version.label}
    if version.label:
        return _("version %(number)s “%(label)s”") % words
    return _("version %(number)s") % words
