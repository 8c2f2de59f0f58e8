"""What of the model rests on sections hidden from the reader: unknown to them, never computed as
if those sections cost nothing. Pure; used by assemble.py.

Whether a hidden section holds anything makes no difference: the reader must not learn that either.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.funding.choices import DECLARED_IN, Kind
from apps.plans.contents import Contents
from apps.plans.sections import registry


@dataclass(frozen=True)
class Withheld:
    """Why the reader does not get the operating costs, the price of inference, or the costs of
    winning customers, each as a sentence; empty where nothing of it is hidden. ``groups``: the
    lines of cost that hidden sections may add to."""

    costs: str = ""
    inference: str = ""
    acquisition: str = ""
    groups: frozenset[str] = frozenset()


NOTHING_WITHHELD = Withheld()


def withheld(contents: Contents, own_price: bool) -> Withheld:
    """``own_price``: whether funding itself says what inference costs."""
    groups = {kind for kind, section in DECLARED_IN.items() if section in contents.hidden}
    return Withheld(
        costs=rests_on(contents, {DECLARED_IN[kind] for kind in groups}),
        inference="" if own_price else rests_on(contents, {"technology"}),
        acquisition=rests_on(contents, {DECLARED_IN[Kind.MARKETING]}),
        groups=frozenset(groups),
    )


def rests_on(contents: Contents, sections: set[str]) -> str:
    """The sentence that names those of the sections that are hidden; empty if none is."""
    hidden = [one for one in registry if one.name in sections & contents.hidden]
    if not hidden:
        return ""
    return _("not shown: it rests on %(sections)s, which this copy leaves out") % {
        "sections": _(", ").join(str(section.title) for section in hidden)
    }
