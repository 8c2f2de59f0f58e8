"""The plan's own document inside the PDF, so that it can be imported again. Used by render.py."""

import json
from datetime import datetime
from typing import Any

from weasyprint import Attachment

from apps.plans.document import ATTACHED_AS, dump, restore
from apps.plans.sections import registry


def document_of(order: dict[str, Any]) -> Attachment:
    """What the version says in the printed chapters: a chapter that is left out must not travel
    along unseen."""
    hidden = frozenset(section.name for section in registry) - set(order["sections"])
    document = dump(restore(order["document"], hidden=hidden))
    taken_at = datetime.fromisoformat(order["taken_at"])
    return Attachment(
        string=json.dumps(document, ensure_ascii=False, indent=2),
        name=ATTACHED_AS,
        description="VenturePlan document",
        relationship="Source",
        created=taken_at,
        modified=taken_at,
    )
