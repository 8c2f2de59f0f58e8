"""A section with its threads where they belong: every part, record and field, and what was talked
about in rows that are gone. No request; one query for the deleted rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from apps.comments import places
from apps.comments.cards import Card, Rest
from apps.comments.since import compared
from apps.core import money
from apps.plans import derived
from apps.plans.checks import FIGURES, Place
from apps.plans.contents import Content
from apps.plans.display import show
from apps.plans.models import DeletedRow, Record
from apps.plans.progress import is_filled
from apps.plans.sections import Part, Section
from apps.versions.diff import PlanDiff
from apps.versions.figures import figure_changes

Placed = dict[tuple[str, str, str], list[Card]]  # by part, row and field


@dataclass
class Spot:
    """A place with its name, what it holds, and the threads there. ``more`` counts those of them
    that are not on the page; ``changed`` marks what differs from the round before."""

    place: Place
    title: str
    text: str = ""
    cards: list[Card] = field(default_factory=list)
    more: int = 0
    changed: bool = False

    @property
    def key(self) -> str:
        return places.key(self.place)


@dataclass
class RecordSpot(Spot):
    fields: list[Spot] = field(default_factory=list)
    deleted: bool = False


@dataclass
class PartSpot(Spot):
    part: Part | None = None
    records: list[RecordSpot] = field(default_factory=list)


@dataclass
class Outline:
    section: Spot
    parts: list[PartSpot]

    def spots(self) -> Iterator[Spot]:
        yield self.section
        for part in self.parts:
            yield part
            for record in part.records:
                yield record
                yield from record.fields


def outline(content: Content, cards: list[Card], rest: Rest | None = None) -> Outline:
    """``content`` may be a version's. ``rest`` counts threads that are not among the cards."""
    section = content.section
    placed: Placed = defaultdict(list)
    for card in cards:
        at = card.thread.place
        placed[at.part, at.row, at.field].append(card)
    whole = Spot(Place(section.name), str(section.title), cards=placed.pop(("", "", ""), []))
    for at in rest or ():
        placed.setdefault(at, [])  # a field that has threads is shown, be they on the page or not
    parts = [_part(content, part, placed) for part in section.parts]
    parts += _figures(content, placed)
    if content.plan.pk:  # a version knows no rows deleted since
        _add_deleted(content, parts, placed)
    # What a later release no longer has: a field of a record, a whole part.
    whole.cards += [card for left in placed.values() for card in left]
    found = Outline(whole, parts)
    _count_rest(found, rest or Counter())
    return found


def mark_changed(found: Outline, difference: PlanDiff) -> None:
    """Mark the fields and key figures that differ, and the rows that are new."""
    section = difference.sections.get(found.section.place.section)
    if section is None:
        return
    fields = {change.place for change in section.fields()}
    added = {row.uid for part in section.parts for row in part.rows if row.kind == "added"}
    moved = {
        Place(change.section.name, FIGURES, "", change.key.partition(":")[0])
        for change in figure_changes(difference)
    }
    for part in found.parts:
        for record in part.records:
            record.changed = record.place.row in added
            for spot in record.fields:
                spot.changed = spot.place in fields | moved and not record.changed


def _count_rest(found: Outline, rest: Rest) -> None:
    """Where the threads stand that are not on the page; those of places no longer shown are
    counted with the section."""
    by_place = {(one.place.part, one.place.row, one.place.field): one for one in found.spots()}
    for at, count in rest.items():
        by_place.get(at, found.section).more += count


def _part(content: Content, part: Part, placed: Placed) -> PartSpot:
    place = Place(content.section.name, part.name)
    value = content[part.name]
    records = [
        _record(content.section, part, record, placed)
        for record in (value if part.is_table else [value])
    ]
    cards = placed.pop((part.name, "", ""), []) if part.is_table else []
    return PartSpot(place, str(part.title), cards=cards, part=part, records=records)


def _record(section: Section, part: Part, record: Record, placed: Placed) -> RecordSpot:
    spot = RecordSpot(
        Place(section.name, part.name, record.uid),
        str(record) if part.is_table else str(part.title),
        cards=placed.pop((part.name, record.uid, ""), []),
    )
    spot.fields = _fields(part, record, spot.place, placed)
    return spot


def _fields(part: Part, record: Record, place: Place, placed: Placed) -> list[Spot]:
    """Those that hold something, must, or are talked about."""
    required = part.required(record)
    spots = []
    for name in part.fields:
        talked = (part.name, place.row, name) in placed
        cards = placed.pop((part.name, place.row, name), [])
        if not talked and name not in required and not is_filled(getattr(record, name)):
            continue
        at = Place(place.section, place.part, place.row, name)
        spots.append(Spot(at, str(part.label(name)), show(record, name), cards))
    for name in part.derived:
        text, at = show(record, name), Place(place.section, place.part, place.row, name)
        if text != money.UNKNOWN or (part.name, place.row, name) in placed:
            cards = placed.pop((part.name, place.row, name), [])
            spots.append(Spot(at, str(part.label(name)), text, cards))
    return spots


def _figures(content: Content, placed: Placed) -> list[PartSpot]:
    """The key figures that are known or talked about."""
    place = Place(content.section.name, FIGURES)
    spots = []
    for figure in derived.figures(content):
        talked = (FIGURES, "", figure.key) in placed
        text = derived.figure_words(figure, content.plan.currency)
        if talked or not (text == money.UNKNOWN or derived.is_sentence(figure)):
            at = Place(content.section.name, FIGURES, "", figure.key)
            cards = placed.pop((FIGURES, "", figure.key), [])
            spots.append(Spot(at, str(figure.label), text, cards))
    cards = placed.pop((FIGURES, "", ""), [])
    if not (spots or cards):
        return []
    title = derived.figure_label(content.section.name, "")
    return [PartSpot(place, title, records=[RecordSpot(place, title, cards=cards, fields=spots)])]


def _add_deleted(content: Content, parts: list[PartSpot], placed: Placed) -> None:
    """The rows that are gone, with their last text, at the end of their part."""
    by_name = {spot.place.part: spot for spot in parts}
    gone = {(part, row) for part, row, _field in placed if part in by_name and row}
    if not gone:
        return
    kept = DeletedRow.objects.filter(plan=content.plan, section=content.section.name)
    last = {(row.part, row.row): row for row in kept.filter(row__in={row for _part, row in gone})}
    for part_name, row in sorted(gone):
        part, deleted = content.section.part(part_name), last.get((part_name, row))
        spot = RecordSpot(Place(content.section.name, part_name, row), "", deleted=True)
        if deleted:
            record = places.deleted_record(deleted, part, content.contents)
            spot.title = deleted.label
            for at in [at for at in placed if at[:2] == (part_name, row)]:
                for card in placed[at]:
                    card.since = compared(card.thread, part, record)
            spot.fields = _fields(part, record, spot.place, placed)
        mine = [at for at in list(placed) if at[:2] == (part_name, row)]
        spot.cards = [card for at in mine for card in placed.pop(at)]
        spot.title = spot.title or (spot.cards[0].thread.label if spot.cards else "")
        by_name[part_name].records.append(spot)
