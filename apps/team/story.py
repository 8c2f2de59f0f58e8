"""What the team tells the executive summary: who is there, and who is still missing. Used by
figures.py only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content

MOST = 4


def story(content: Content) -> list[Figure]:
    roles, place = content["role"], Place("team", "role")
    there = [role for role in roles if role.filled]
    missing = [role for role in roles if not role.filled]
    return [
        Figure("people", _("People"), _("%(people)s.") % {"people": listed(map(named, there))}
               if there else None, "text", place, Topic.TEAM),
        Figure("vacancies", _("Vacancies"), _("Still to come: %(roles)s.")
               % {"roles": listed(map(str, missing))} if missing else None, "text", place,
               Topic.TEAM),
    ]  # fmt: skip


def named(role: Any) -> str:
    if not role.person:
        return str(role)
    return _("%(person)s (%(role)s)") % {"person": role.person, "role": role}


def listed(names: Any) -> str:
    """The first few, and how many more there are."""
    names = list(names)
    shown = _(", ").join(names[:MOST])
    more = len(names) - MOST
    if more <= 0:
        return shown
    text = ngettext("%(names)s and %(count)s more", "%(names)s and %(count)s more", more)
    return text % {"names": shown, "count": more}
