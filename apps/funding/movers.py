"""Which numbers of the plan move its cash most: each one 20 % higher, all else as planned. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from apps.funding.assemble import SECTION, Assembly
from apps.funding.inputs import MONTHS, ONE, ZERO, Inputs
from apps.funding.model import run
from apps.funding.result import Result
from apps.funding.sensitivity import SWING
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.sections import registry

OWN = ("price", "tokens", "variable", "attach")  # a stream's numbers that are its own
SHARED = ("customers", "new", "growth", "churn")  # those that streams which follow it share


@dataclass(frozen=True)
class Mover:
    """A number, and by how much the cash changes that decides the runway."""

    place: Place
    effect: Decimal


def movers(assembly: Assembly, base: Result, most: int = 10) -> list[Mover]:
    """The strongest first. The effect is that on the cash in the month in which it runs out, or
    in the last month if it does not."""
    month = MONTHS - 1 if base.cash_out is None else base.cash_out
    effects: dict[Place, Decimal] = {}
    for place, effect in _effects(assembly, base, month):
        effects[place] = effects.get(place, ZERO) + abs(effect)
    ranked = sorted(effects.items(), key=lambda item: -item[1])
    return [Mover(place, effect) for place, effect in ranked[:most] if effect]


def _effects(assembly: Assembly, base: Result, month: int) -> Iterator[tuple[Place, Decimal]]:
    inputs = assembly.inputs
    if inputs.opening is not None:
        yield Place(SECTION, "assumptions", "", "opening_cash"), inputs.opening * SWING
    for cost in inputs.costs:
        yield cost.place, sum(cost.amounts[: month + 1], ZERO) * SWING
    for one in inputs.rounds:
        if 0 <= one.month <= month:
            yield Place(SECTION, "round", one.key, "amount"), one.amount * SWING
    changed = []
    if inputs.inference_price is not None:
        dearer = inputs.but(inference_price=_up(inputs.inference_price))
        changed.append((assembly.inference_place, dearer))
    for stream in inputs.streams:
        for name in OWN + (SHARED if stream.counted else ()):
            if getattr(stream, name):
                place = Place(SECTION, "stream", stream.key, name)
                changed.append((place, _with(inputs, stream.key, name)))
    for place, other in changed:
        yield place, run(other).closing[month] - base.closing[month]


def _up(number: Decimal) -> Decimal:
    return number * (ONE + SWING)


def _with(inputs: Inputs, key: str, name: str) -> Inputs:
    """The inputs with one number of a stream higher, also where other streams share it."""
    streams = tuple(
        replace(stream, **{name: _up(getattr(stream, name))})
        if stream.key == key or (name in SHARED and stream.source == key)
        else stream
        for stream in inputs.streams
    )
    return inputs.but(streams=streams)


def record_at(contents: Contents, place: Place) -> Any:
    """The record of a place, or None."""
    path = f"{place.section}.{place.part}"
    if not registry.has(path) or place.section in contents.hidden:
        return None
    return contents.find(path, place.row) if place.row else contents.part(path)


def guessed(contents: Contents, place: Place) -> bool:
    """Whether the number's evidence says that it is a guess; of a place without a field, whether
    any of the record's numbers is."""
    record = record_at(contents, place)
    if record is None:
        return False
    fields = [place.field] if place.field else list(record.evidence)
    return any(record.evidence.get(name, {}).get("basis") == "guessed" for name in fields)
