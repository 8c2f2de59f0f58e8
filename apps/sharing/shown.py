"""What a link shows. The sections that were not chosen are not hidden from it but absent: the pages
and figures of the others are made from a document that does not hold them."""

from apps.plans.contents import Contents, load
from apps.plans.document import Document, dump, restore
from apps.plans.sections import registry
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
