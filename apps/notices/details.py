"""How the particulars of an event read in a mail, in the active language. A kind names those it
tells below its sentence (kinds.py); here each param becomes text, "" for nothing to tell."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.sections import registry


def day(value: str) -> str:
    """``value`` is an ISO date, "" for none."""
    return money.day(date.fromisoformat(value)) if value else ""


def later_round(number: int) -> str:
    """Of somebody who reviewed the plan in an earlier round; 0 for anybody else."""
    if not number:
        return ""
    return _(
        "%(number)s: what changed since your last review, with the answers to what you said then"
    ) % {"number": number}


def sections(names: Sequence[str]) -> str:
    """Sections by name; none of them is the whole plan."""
    titles = [str(registry[name].title) for name in names if name in registry]
    return " · ".join(titles) if names else _("The whole plan")
