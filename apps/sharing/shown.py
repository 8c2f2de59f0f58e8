"""What a link shows. The sections that were not chosen are not hidden from it but absent: the pages
and figures of the others are made from a document that does not hold them."""

from collections.abc import Iterator
from dataclasses import dataclass

from apps.plans.contents import Contents, load
from apps.plans.document import Document, DocumentError, dump, restore
from apps.plans.models import Plan
from apps.plans.sections import Section, registry
from apps.plans.summary import ShownFigure, key_figures, reasons
from apps.sharing.models import ShareLink


def hidden(link: ShareLink) -> frozenset[str]:
    """Every section but those chosen."""
    return frozenset(section.name for section in registry) - set(link.sections)


def document(link: ShareLink) -> Document:
    """The version's, or the plan's as it stands, with the chosen sections alone."""
    if link.version is None:
        return dump(load(link.plan, hidden(link)))
    kept = link.version.document
    chosen = {name: parts for name, parts in kept["sections"].items() if name in link.sections}
    return {**kept, "sections": chosen}


def contents(link: ShareLink) -> Contents:
    """Raises ``DocumentError`` if the version can no longer be read."""
    return restore(document(link), hidden(link))


# --- What becomes "—" -------------------------------------------------------------------------
@dataclass(frozen=True)
class Resting:
    """Figures of a section that are unknown to whoever does not get all of the others."""

    section: Section
    labels: tuple[str, ...]
    others: tuple[Section, ...]


def resting(plan: Plan) -> list[Resting]:
    """Which figures of the plan rest on which other sections: as found by hiding each of them."""
    document = dump(load(plan))
    needs: dict[tuple[str, str], list[Section]] = {}
    for other in registry:
        for section, figure in _unknown(restore(document, frozenset({other.name}))):
            needs.setdefault((section.name, str(figure.label)), []).append(other)
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (name, label), others in needs.items():
        groups.setdefault((name, tuple(one.name for one in others)), []).append(label)
    return [
        Resting(registry[name], tuple(labels), tuple(registry[one] for one in others))
        for (name, others), labels in groups.items()
    ]


def _unknown(contents: Contents) -> Iterator[tuple[Section, ShownFigure]]:
    for group in key_figures(contents):
        for figure in (*group.figures, *group.told):
            if figure.withheld:
                yield group.section, figure


def left_unknown(link: ShareLink) -> list[str]:
    """The figures that this link shows as "—", with the reason; none if it shows nothing at all."""
    try:
        seen = contents(link)
    except DocumentError:
        return []
    return [why for group in key_figures(seen) for why in reasons([*group.figures, *group.told])]
