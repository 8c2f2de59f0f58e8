"""What does not fit together in the brand section and with the sections that it points at."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.branding.models import Channel, EquityBlock, NameStatus, Positioning
from apps.branding.needs import PROOFS, owes_proof
from apps.plans.checks import Finding, Place
from apps.plans.choices import Stage
from apps.plans.contents import Contents
from apps.plans.sections import registry
from apps.plans.stages import reached

TARGET_NOT_PRIMARY = _(
    "The positioning statement aims at “%(target)s”, but the primary segment is “%(primary)s”. "
    "Aim the statement at it, or choose another primary segment."
)
ENTERPRISE_WITHOUT_PROOF = _(
    "“%(target)s” is bought by companies or public bodies. Give proof that the brand is "
    "professional and reliable."
)
NAME_CONFLICT = _(
    "The brand name is in conflict with an earlier mark. Settle it or choose another name before "
    "money goes into making it known."
)
TWO_NAMES = _(
    "The positioning statement calls the brand “%(statement)s”, the identity calls it "
    "“%(identity)s”. Use one name."
)
EQUITY_TWICE = _("“%(block)s” is there twice. Delete one of the two rows.")
EQUITY_FALLS = _("The target of “%(block)s” lies below where it stands today.")
CHANNEL_WITHOUT_OWNER = _("The channel “%(channel)s” has no owner. Give it to a role of the team.")
CHANNEL_ENDS_FIRST = _(
    "The channel “%(channel)s” ends before it starts. Correct one of the two days."
)
CHANNEL_UNDATED = _(
    "The channel “%(channel)s” has a budget but no start or no end, so its costs are in no total. "
    "Give both days."
)


def checks(contents: Contents) -> list[Finding]:
    positioning = contents.part("branding.positioning")
    return [
        *_target(contents, positioning),
        *_proof(positioning),
        *_name(contents, positioning),
        *_equity(contents.part("branding.equity")),
        *_channels(contents.part("branding.channel")),
    ]


def _finding(key: str, severity: str, message: Any, *places: Place, **words: Any) -> Finding:
    return Finding(f"branding.{key}", severity, str(message) % words, places)


def _target(contents: Contents, positioning: Positioning) -> Iterator[Finding]:
    """The brand must speak to the segment that the company has chosen first."""
    target = positioning.target_ref
    if target.state != "found":
        return
    segments = contents.part("market.segment")
    primary = [row for row in segments if getattr(row, "targeting", "") == "primary"]
    if primary and target.row not in primary:
        yield _finding(
            "target_not_primary",
            "warning",
            TARGET_NOT_PRIMARY,
            Place("branding", "positioning", field="target"),
            Place("market", "segment", primary[0].uid, "targeting"),
            target=target,
            primary=primary[0],
        )


def _proof(positioning: Positioning) -> Iterator[Finding]:
    missing = [name for name in PROOFS if not getattr(positioning, name).strip()]
    if owes_proof(positioning) and missing:
        yield _finding(
            "enterprise_without_proof",
            "warning",
            ENTERPRISE_WITHOUT_PROOF,
            *(Place("branding", "positioning", field=name) for name in missing),
            Place("market", "segment", positioning.target, "buyer"),
            target=positioning.target_ref,
        )


def _name(contents: Contents, positioning: Positioning) -> Iterator[Finding]:
    identity = contents.part("branding.identity")
    if identity.name_status == NameStatus.CONFLICT:
        place = Place("branding", "identity", field="name_status")
        yield _finding("name_conflict", "warning", NAME_CONFLICT, place)
    if identity.name and positioning.brand and not _related(identity.name, positioning.brand):
        yield _finding(
            "two_names",
            "hint",
            TWO_NAMES,
            Place("branding", "positioning", field="brand"),
            Place("branding", "identity", field="name"),
            statement=positioning.brand,
            identity=identity.name,
        )


def _related(one: str, other: str) -> bool:
    """Whether one name holds the other: a company and its product often share one."""
    a, b = one.casefold().strip(), other.casefold().strip()
    return a in b or b in a


def _equity(blocks: list[EquityBlock]) -> Iterator[Finding]:
    seen: dict[str, Place] = {}
    for row in blocks:
        place = Place("branding", "equity", row.uid, "block")
        if row.block in seen:
            yield _finding(
                "equity_twice", "warning", EQUITY_TWICE, seen[row.block], place, block=row
            )
        seen.setdefault(row.block, place)
        if None not in (row.current, row.target) and row.target < row.current:
            place = Place("branding", "equity", row.uid, "target")
            yield _finding("equity_falls", "hint", EQUITY_FALLS, place, block=row)


def _channels(rows: list[Channel]) -> Iterator[Finding]:
    for row in rows:
        # Without a team section, or before there is a team, there is no role to give it to.
        with_team = registry.has("team.role") and reached(Stage.SEED, row)
        if with_team and row.owner_ref.state in {"empty", "removed"}:
            yield _channel(row, "without_owner", "warning", "owner", CHANNEL_WITHOUT_OWNER)
        if row.start and row.end and row.end < row.start:
            yield _channel(row, "ends_first", "error", "end", CHANNEL_ENDS_FIRST)
        elif row.budget and row.months is None:
            field = "end" if row.start else "start"
            yield _channel(row, "undated", "warning", field, CHANNEL_UNDATED)


def _channel(row: Channel, key: str, severity: str, field: str, message: Any) -> Finding:
    place = Place("branding", "channel", row.uid, field)
    return _finding(f"channel_{key}", severity, message, place, channel=row)
