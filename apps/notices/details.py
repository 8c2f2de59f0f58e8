"""How the particulars of an event read in a mail, in the active language. A kind names those it
tells below its sentence (kinds.py); here each param becomes text, "" for nothing to tell."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.sections import registry


def day(value: str) -> str:
    """``value`` is an ISO date, "" for none."""
    return money.day(date.fromisoformat(value)) if value else ""


def sections(names: Sequence[str]) -> str:
    """Sections by name; none of them is the whole plan."""
    titles = [str(registry[name].title) for name in names if name in registry]
    return " · ".join(titles) if names else _("The whole plan")


def in_language(texts: Mapping[str, str]) -> str:
    """One of a text's languages, such as {"en": …, "zh-hans": …}."""
    return texts.get(get_language() or "en") or next(filter(None, texts.values()), "")
