"""Who owns what after each round. Pure; percentages are 0 to 100."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)


def post_money(amount: Decimal | None, pre_money: Decimal | None) -> Decimal | None:
    """Check: 12 m on 48 m before = 60 m after."""
    return None if amount is None or pre_money is None else amount + pre_money


def share_sold(amount: Decimal | None, pre_money: Decimal | None) -> Decimal | None:
    """Check: 12 m on 48 m before = 20 %."""
    post = post_money(amount, pre_money)
    return None if amount is None or not post else amount / post * HUNDRED


@dataclass(frozen=True)
class Owner:
    name: str
    shares: Decimal
    pool: bool = False


@dataclass(frozen=True)
class Issue:
    """A round that sells shares: ``sold`` per cent of the company after it, and the share that the
    option pool holds by then (None: the pool is not topped up)."""

    name: str
    sold: Decimal
    pool: Decimal | None = None


@dataclass(frozen=True)
class Ownership:
    """Holders in rows, moments in columns: before, and after each round. Per cent."""

    moments: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Decimal, ...]], ...]
    impossible: tuple[str, ...] = ()  # rounds that would leave nothing to the present holders


def ownership(
    owners: Sequence[Owner], issues: Sequence[Issue], before: str, pool_name: str
) -> Ownership | None:
    """The cap table through all rounds; None while nobody holds a share.

    New shares dilute all holders alike; a pool that is topped up in a round is created before the
    new money comes in, so its cost falls on the present holders (the usual term-sheet rule).
    """
    owners = [owner for owner in owners if owner.shares > 0]
    total = sum((owner.shares for owner in owners), Decimal(0))
    if not total:
        return None
    names = [owner.name for owner in owners]
    pools = {at for at, owner in enumerate(owners) if owner.pool}
    stakes = [owner.shares / total * HUNDRED for owner in owners]
    history, impossible = [list(stakes)], []
    for issue in issues:
        if issue.pool and not pools:
            pools.add(len(names))
            names.append(pool_name)
            stakes.append(Decimal(0))
        after = _after(issue, stakes, pools)
        if after is None:
            impossible.append(issue.name)
        else:
            names.append(issue.name)
            stakes = [*after, issue.sold]
        history.append(list(stakes))
    rows = tuple(
        (name, tuple(moment[at] if at < len(moment) else Decimal(0) for moment in history))
        for at, name in enumerate(names)
    )
    return Ownership((before, *(issue.name for issue in issues)), rows, tuple(impossible))


def _after(issue: Issue, stakes: list[Decimal], pools: set[int]) -> list[Decimal] | None:
    """The present holders' stakes after the issue; None if it leaves nothing to them."""
    in_pool = sum((stakes[at] for at in pools), Decimal(0))
    outside = HUNDRED - in_pool
    kept = in_pool * (HUNDRED - issue.sold) / HUNDRED
    pool = max(issue.pool or Decimal(0), kept)
    others = HUNDRED - issue.sold - pool
    if issue.sold >= HUNDRED or others < 0 or (outside > 0 and others == 0):
        return None
    if outside <= 0:  # the pool is all there is
        pool, others = HUNDRED - issue.sold, Decimal(0)
    after = []
    for at, stake in enumerate(stakes):
        if at not in pools:
            after.append(stake * others / outside if outside > 0 else Decimal(0))
        else:
            after.append(pool * (stake / in_pool if in_pool else Decimal(1) / len(pools)))
    return after
