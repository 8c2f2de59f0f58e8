"""How many rows a table holds: as many as a document, an import and an export of it do. Used by the
services that add rows, the views that tell it, and transfer."""

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.plans.sections import Part

MAX_ROWS = 2_000


class FullTable(Exception):
    """The table holds as many rows as a table can."""


def ensure_room(rows: QuerySet) -> None:
    """Raises ``FullTable`` if one row more is too many. To be asked while the plan is held."""
    if rows.count() >= MAX_ROWS:
        raise FullTable


def full_table(part: Part) -> str:
    return _(
        "“%(part)s” holds %(most)s rows, the most that a table can. Delete rows that you no longer "
        "need, then try again."
    ) % {"part": part.title, "most": number_format(MAX_ROWS, force_grouping=True)}
