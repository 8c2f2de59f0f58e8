"""Small limits on what guests try and write: so many in so much time, from one address and by one
link. Kept in the cache, which outlives a restart of the server."""

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from apps.sharing.models import ShareLink

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 60 * 60


@dataclass(frozen=True)
class Limit:
    """``count`` times in ``seconds``; both the address's and the link's must hold."""

    name: str
    by_address: tuple[int, int]
    by_link: tuple[int, int]


PASSCODE = Limit("passcode", (10, 15 * MINUTE), (30, HOUR))
COMMENT = Limit("comment", (10, 10 * MINUTE), (60, HOUR))
COPY = Limit("copy", (10, HOUR), (30, HOUR))


@dataclass(frozen=True)
class Taken:
    """What came of taking one: how many are left, and when there are more (None if unknown)."""

    allowed: bool
    left: int = 0
    until: datetime | None = None

    @property
    def minutes(self) -> int:
        """To wait, rounded up."""
        wait = (self.until - timezone.now()).total_seconds() if self.until else 0
        return max(1, ceil(wait / MINUTE))


def take(limit: Limit, request: HttpRequest, link: ShareLink) -> Taken:
    """Use up one, if there is one left. Taken before the attempt, so that many attempts at once
    gain nothing. A cache that does not answer allows nothing."""
    try:
        used = [
            (count - _add(key, seconds), seconds)
            for key, (count, seconds) in _counters(limit, request, link)
        ]
    except Exception:  # whatever the cache raises: a counter that is off is no reason to guess on
        logger.exception("A limit could not be counted")
        return Taken(allowed=False)
    least = min(left for left, _seconds in used)
    # Those that hold one up: at an end together, or the one that is nearer to it.
    until = max(_over(seconds) for left, seconds in used if left <= max(least, 0))
    return Taken(allowed=least >= 0, left=max(least, 0), until=until)


def _over(seconds: int) -> datetime:
    """When the time now running is over; see ``_counters``."""
    return datetime.fromtimestamp((int(time.time()) // seconds + 1) * seconds, tz=UTC)


def give_back(limit: Limit, request: HttpRequest, link: ShareLink) -> None:
    """What was taken does not count: the passcode was right."""
    for key, _allowed in _counters(limit, request, link):
        try:
            cache.decr(key)
        except Exception:  # then it counts
            logger.warning("A limit could not be given back")


def _counters(
    limit: Limit, request: HttpRequest, link: ShareLink
) -> list[tuple[str, tuple[int, int]]]:
    """(cache key, (count, seconds)); the key changes when its time is over."""
    address = get_adapter().get_client_ip(request)
    return [
        (f"sharing:{limit.name}:{who}:{int(time.time()) // seconds}", (count, seconds))
        for who, (count, seconds) in (
            (f"address:{address}", limit.by_address),
            (f"link:{link.uid}", limit.by_link),
        )
    ]


def _add(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    number = cache.incr(key)
    cache.touch(key, seconds)  # some caches give a counter their own short life
    return number
