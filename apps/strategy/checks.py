"""What does not fit together in the strategy: findings for the whole plan, and for the page.

Used by section.py only.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Contents
from apps.plans.progress import is_filled
from apps.plans.sections import registry
from apps.strategy import rules
from apps.strategy.models import Advantage, Challenge, Supplier, Tows


def checks(contents: Contents) -> list[Finding]:
    """Every broken rule of the section, in the order of its parts."""
    return [
        *_challenges(contents.part("strategy.challenge")),
        *_competitors(contents.part("strategy.competitor")),
        *_advantages(contents),
        *_forces(contents.part("strategy.force")),
        *_suppliers(contents.part("strategy.supplier")),
        *_tows(contents.part("strategy.tows")),
        *_moat(contents),
    ]


def _challenges(challenges: list[Challenge]) -> Iterator[Finding]:
    """What may end the company stands in the risk register."""
    if not registry.has("risks.risk"):
        return
    for row in challenges:
        if row.grave and row.risk_ref.state in {"empty", "removed"}:
            message = _(
                "The challenge “%(name)s” has an exposure of %(exposure)s but is no risk of the "
                "register yet, so nobody reviews it. Make it a risk."
            ) % {"name": row, "exposure": row.exposure}
            places = (
                Place("strategy", "challenge", row.uid, "exposure"), Place("risks", "risk")
            )  # fmt: skip
            yield Finding("strategy.challenge_no_risk", "warning", message, places)


def _competitors(competitors: list[Any]) -> Iterator[Finding]:
    if competitors and not any(row.overtaker for row in competitors):
        message = _(
            "No competitor is a platform or an open model. Both have taken whole markets from "
            "companies like this one: name the likeliest of them."
        )
        place = Place("strategy", "competitor")
        yield Finding("strategy.no_overtaker", "warning", message, (place,))


def _advantages(contents: Contents) -> Iterator[Finding]:
    rows: list[Advantage] = contents.part("strategy.advantage")
    for row in rows:
        if not row.proof.strip():
            message = _("The advantage “%(name)s” has no proof. Say what you would show a doubter.")
            yield _finding("advantage_unproved", message % {"name": row}, row, "proof")
        segment = row.segment_ref.row
        if segment is not None and segment.is_rejected:
            message = _(
                "The advantage “%(name)s” wins the segment “%(segment)s”, which you have "
                "rejected. Aim it at a segment you serve, or look at the rejection again."
            ) % {"name": row, "segment": segment}
            other = Place("market", "segment", segment.uid, "targeting")
            yield _finding("advantage_rejected_segment", message, row, "segment", other)
    yield from _primary_unwon(contents, rows)


def _primary_unwon(contents: Contents, rows: list[Advantage]) -> Iterator[Finding]:
    """The segment served first is won by something."""
    if not rows or not registry.has("market.segment") or "market" in contents.hidden:
        return
    for segment in contents.part("market.segment"):
        if segment.is_primary and not any(row.segment == segment.uid for row in rows):
            message = _(
                "No advantage wins the primary segment “%(segment)s”. Say why its customers "
                "would choose you."
            ) % {"segment": segment}
            places = (Place("strategy", "advantage"), Place("market", "segment", segment.uid))
            yield Finding("strategy.primary_unwon", "warning", message, places)


def _forces(forces: list[Any]) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in forces:
        if row.kind in seen:
            message = _("The force “%(name)s” stands in two rows. Join them into one.")
            place = Place("strategy", "force", row.uid, "kind")
            yield Finding("strategy.force_twice", "warning", message % {"name": row}, (place,))
        seen.add(row.kind)


def _suppliers(suppliers: list[Supplier]) -> Iterator[Finding]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in suppliers:
        if row.kind:
            sums[row.kind] += row.share or 0
        if row.share and row.share >= rules.CONCENTRATED and not row.alternative.strip():
            message = _(
                "%(share)s of the supply “%(kind)s” comes from “%(name)s”, and there is no "
                "alternative. Find one and try it before you need it."
            ) % {
                "share": money.percent(row.share),
                "kind": row.get_kind_display() or "—",
                "name": row,
            }
            yield _finding("supplier_alone", message, row, "alternative")
    labels = dict(Supplier._meta.get_field("kind").flatchoices)
    for kind, total in sums.items():
        if total > 100:
            message = _(
                "The shares of the suppliers of “%(kind)s” sum to %(total)s. They are parts of "
                "one whole: correct them to 100%% at most."
            ) % {"kind": labels.get(kind, kind), "total": money.percent(total)}
            place = Place("strategy", "supplier")
            yield Finding("strategy.supplier_shares", "warning", message, (place,))


def _tows(rows: list[Tows]) -> Iterator[Finding]:
    """A strategy joins what is inside with what is outside."""
    for row in rows:
        inside_missing, outside_missing = row.missing_sides
        if inside_missing and outside_missing:
            message = _(
                "“%(name)s” uses neither a strength or weakness nor an opportunity or threat. "
                "Choose at least one of each."
            )
        elif inside_missing:
            message = _("“%(name)s” uses no strength or weakness. Choose at least one.")
        elif outside_missing:
            message = _("“%(name)s” uses no opportunity or threat. Choose at least one.")
        else:
            continue
        yield _finding("tows_one_sided", message % {"name": row}, row, "items")


def _moat(contents: Contents) -> Iterator[Finding]:
    """Whoever claims advantages or names competitors owes the answer."""
    moat = contents.part("strategy.moat")
    claimed = contents.part("strategy.advantage") or contents.part("strategy.competitor")
    if claimed and not (is_filled(moat.ten_times_cheaper) and is_filled(moat.free)):
        message = _(
            "The question of the moat is open: what survives if the base model becomes ten times "
            "cheaper, or free? Answer both."
        )
        field = "free" if is_filled(moat.ten_times_cheaper) else "ten_times_cheaper"
        place = Place("strategy", "moat", "", field)
        yield Finding("strategy.moat_unanswered", "warning", message, (place,))


def _finding(key: str, message: str, row: Any, field: str, *others: Place) -> Finding:
    place = Place("strategy", row._meta.model_name, row.uid, field)
    return Finding(f"strategy.{key}", "warning", message, (place, *others))
