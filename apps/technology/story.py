"""What the technology tells the executive summary: which model, and why. For section.py."""

from django.utils.translation import gettext as _

from apps.plans.checks import Figure, Place
from apps.plans.choices import Topic
from apps.plans.contents import Content


def story(content: Content) -> list[Figure]:
    profile = content["profile"]
    if not profile.strategy:
        return []
    text = _("%(strategy)s: %(reason)s") if profile.strategy_reason.strip() else "%(strategy)s"
    text %= {
        "strategy": profile.get_strategy_display(),
        "reason": profile.strategy_reason.strip(),
    }
    place = Place("technology", "profile", "", "strategy_reason")
    return [Figure("strategy", _("Model strategy"), text, "text", place, Topic.TECHNOLOGY)]
