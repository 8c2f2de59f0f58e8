"""What waits for somebody until they join a plan.

A feature that lets people be asked before they are members declares here, when the site starts
(AppConfig.ready), how they get what waited: plans may not import it. Called by people.py in the
transaction of joining, never anywhere else.
"""

from collections.abc import Callable
from datetime import datetime

from apps.plans.models import Membership

# (membership, the address invited, when that address was last mailed) → the page to open, or "".
HandOver = Callable[[Membership, str, datetime | None], str]

_waiting: list[HandOver] = []


def register(hand_over: HandOver) -> None:
    _waiting.append(hand_over)


def hand_over(membership: Membership, email: str, mailed_at: datetime | None = None) -> str:
    """Give the new member what waited; the first page they should open, "" if nothing waited."""
    pages = [give(membership, email, mailed_at) for give in _waiting]
    return next(filter(None, pages), "")
