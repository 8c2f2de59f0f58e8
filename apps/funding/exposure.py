"""What can hit this plan: which stress cases do not apply, and why. Pure; reads by path only.

A case that cannot happen is said to be so instead of being computed, and so is one about a model
that nobody has chosen yet. What is hidden from the reader spares nothing.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from apps.funding.choices import GPUS, Category
from apps.funding.inputs import Inputs
from apps.plans.contents import Contents
from apps.plans.sections import registry

OWN_MODEL = "scratch"  # the only strategy that rests on nobody else's model


def spared(contents: Contents, inputs: Inputs) -> dict[str, str]:
    """The stress cases that do not apply, each with its reason."""
    profile = _profile(contents)
    reasons = {
        "api_doubles": _no_api(contents, inputs),
        "gpu_rises": "" if _computes(inputs) else _("you neither train nor serve on GPUs."),
        "model_lost": _no_base_model(profile, inputs),
        "filing_late": _no_filing(profile),
        "churn_rises": "" if inputs.streams else _("there are no customers yet."),
    }
    return {key: reason for key, reason in reasons.items() if reason}


def _profile(contents: Contents) -> Any:
    known = registry.has("technology.profile") and "technology" not in contents.hidden
    return contents.part("technology.profile") if known else None


def _infers(inputs: Inputs) -> bool:
    """Whether inference costs anything. What is unknown may."""
    unknown = inputs.lacking or inputs.unmetered
    used = unknown or any(stream.tokens for stream in inputs.streams)
    return inputs.inference_price != 0 and bool(used)


def _serves_bought(inputs: Inputs) -> bool:
    return bool(inputs.api_share) and _infers(inputs)


def _no_api(contents: Contents, inputs: Inputs) -> str:
    if _buys(inputs):
        return ""
    serving = registry.has("technology.serving") and "technology" not in contents.hidden
    if serving and _infers(inputs) and not contents.part("technology.serving").mode:
        return _("nobody has said yet whether inference is bought by the token.")
    return _("you buy no inference by the token.")


def _buys(inputs: Inputs) -> bool:
    return _serves_bought(inputs) or _spends_on(inputs, {Category.API})


def _computes(inputs: Inputs) -> bool:
    serves = inputs.api_share < 1 and _infers(inputs)
    return serves or _spends_on(inputs, GPUS)


def _spends_on(inputs: Inputs, groups: Collection[str]) -> bool:
    return any(cost.group in groups and cost.total for cost in inputs.costs)


def _no_base_model(profile: Any, inputs: Inputs) -> str:
    if profile is None or _serves_bought(inputs):
        return ""
    if not profile.strategy:
        return _("the model profile names no model yet.")
    return _("you train your model from scratch.") if profile.strategy == OWN_MODEL else ""


def _no_filing(profile: Any) -> str:
    """It waits for a filing if the profile names its milestone, or the law asks for one."""
    if profile is None:
        return ""
    milestone = profile.filing_ref.row
    if milestone is not None:
        return _("the filing is done.") if milestone.reached else ""
    return "" if profile.public_china else _("no filing is needed by the model profile.")
