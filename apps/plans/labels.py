"""What a kept label may say: gaps, activity and the trash keep how a row was called.

A row may be called after a row of another section, which some readers must not see.
"""

from collections.abc import Collection

from django.utils.text import capfirst

from apps.plans.sections import Part


def kept_label(part: Part, label: str, hidden: Collection[str]) -> str:
    """The label; what kind of row it is where the name might be that of a ``hidden`` section's."""
    targets = [part.model_field(name).target for name in getattr(part.model, "named_after", ())]
    if any(target.partition(".")[0] in hidden for target in targets):
        return capfirst(str(part.singular))
    return label
