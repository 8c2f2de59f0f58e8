"""What something is called that was kept as it was: gaps, activity, notices and the trash keep how
a row was called, and where it stands in names of the registry, which read in any language.

A row may be called after a row of another section, which some readers must not see.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.plans.checks import Place
from apps.plans.derived import figure_label, is_figure
from apps.plans.sections import Part, registry


def kept_label(part: Part, label: str, hidden: Collection[str]) -> str:
    """The label; what kind of row it is where the name might be that of a ``hidden`` section's."""
    targets = [part.model_field(name).target for name in getattr(part.model, "named_after", ())]
    if any(target.partition(".")[0] in hidden for target in targets):
        return capfirst(str(part.singular))
    return label


def place_words(place: Place, label: str = "") -> str:
    """Market · “Hospitals” · Size, in the language now active."""
    if not place.section:
        return _("the whole plan")
    if place.section not in registry:
        return label or place.section
    names = [str(registry[place.section].title)]
    path = f"{place.section}.{place.part}"
    part = registry.part(path)[1] if registry.has(path) else None
    if is_figure(place):
        names.append(figure_label(place.section, place.field, label))
    if part is not None and place.row:
        names.append(_("“%(row)s”") % {"row": label or part.singular})
    elif part is not None:
        names.append(str(part.title))
    if part is not None and place.field in (*part.fields, *part.derived):
        names.append(str(part.label(place.field)))
    return " · ".join(names)


def in_each_language(words: Callable[[], Any]) -> dict[str, str]:
    """Words of ours that are kept beside what happened, to be read in any language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(words())
    return found


def in_this_language(kept: dict[str, str]) -> str:
    return kept.get(translation.get_language() or "") or next(filter(None, kept.values()), "")
