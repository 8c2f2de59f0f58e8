"""The counts of open findings for the plan's navigation and its page."""

from typing import Any

from django import template

from apps.checks import services
from apps.checks.forms import DismissForm
from apps.checks.report import Checked

register = template.Library()


@register.inclusion_tag("checks/_count.html", takes_context=True)
def check_count(context: dict[str, Any]) -> dict[str, Any]:
    """The number beside "Checks". Never runs them: where the kept number may be old, the page
    shows it and htmx asks for the new one."""
    access = context["access"]
    counted = services.last_run(access)
    # After a save the plan in hand is the one before it.
    current = not context.get("fragment") and services.is_current(counted, access.plan)
    return {"plan": access.plan, "counted": counted, "current": current}


@register.inclusion_tag("checks/_card.html", takes_context=True)
def check_card(context: dict[str, Any]) -> dict[str, Any]:
    """The card of the plan's page. Runs the checks if the plan changed since they last ran."""
    access = context["access"]
    counted = services.current_run(access, context.get("contents"))
    return {"plan": access.plan, "counted": counted}


@register.simple_tag
def dismiss_form(checked: Checked, refused: DismissForm | None) -> DismissForm:
    """The form of one finding; the one that was posted and refused keeps its text and error."""
    if refused is not None and refused.data.get("signature") == checked.signature:
        form = DismissForm(refused.data, auto_id=f"id_{checked.signature[:12]}_%s")
        form.full_clean()
        return form
    return DismissForm(
        initial={"signature": checked.signature}, auto_id=f"id_{checked.signature[:12]}_%s"
    )
