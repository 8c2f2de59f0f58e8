"""A guest's visit: what their session knows of the link they came by, and the receipt of it.

The address with the token is left at once: it is exchanged for an entry in the session, and every
page after it has an address that opens nothing by itself. A visit lasts a day; coming again by the
same link within it is the same visit.
"""

import logging
import re
import secrets
import time
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from apps.plans.models import Verb
from apps.plans.services import log
from apps.sharing.models import Opening, ShareLink

logger = logging.getLogger(__name__)

SESSION_KEY = "shared"
LIFETIME = 24 * 60 * 60
# Those that keep cookies; the others do not come past the door.
ROBOT = re.compile(r"bot\b|crawl|spider|preview|facebookexternalhit|whatsapp/", re.IGNORECASE)


@dataclass(frozen=True)
class Visit:
    key: str
    since: float
    passed: bool  # the passcode was given, or there is none
    name: str = ""  # who the guest says they are, once they wrote something

    @property
    def over(self) -> bool:
        return time.time() - self.since > LIFETIME


def visits_of(request: HttpRequest) -> dict[str, Visit]:
    """{link's uid: visit}, without those that are over."""
    found = {uid: Visit(**kept) for uid, kept in request.session.get(SESSION_KEY, {}).items()}
    return {uid: visit for uid, visit in found.items() if not visit.over}


def keep(request: HttpRequest, link: ShareLink, visit: Visit) -> None:
    visits = {**visits_of(request), link.uid: visit}
    request.session[SESSION_KEY] = {uid: asdict(one) for uid, one in visits.items()}


def begin(request: HttpRequest, link: ShareLink) -> bool:
    """After the token was shown. False if the visit had begun already."""
    if link.uid in visits_of(request):
        return False
    if not request.user.is_authenticated:
        request.session.cycle_key()  # a session id that somebody else may know opens nothing
    visit = Visit(secrets.token_hex(16), time.time(), passed=not link.passcode_hash)
    keep(request, link, visit)
    return True


def pass_by(request: HttpRequest, link: ShareLink, visit: Visit) -> None:
    """The passcode was right."""
    keep(request, link, replace(visit, passed=True))


def call(request: HttpRequest, link: ShareLink, visit: Visit, name: str) -> None:
    """The guest gave a name; it is not asked again, and the receipt shows it."""
    if name != visit.name:
        keep(request, link, replace(visit, name=name))
    Opening.objects.filter(visit=visit.key).update(guest_name=name)


# --- Receipts -------------------------------------------------------------------------------------
def count(request: HttpRequest, link: ShareLink, visit: Visit, what: str) -> None:
    """One more of ``what`` ("pages" or "downloads"). Robots, pages fetched ahead and people on the
    plan are not counted."""
    if request.method != "GET" or _is_no_reader(request):
        return
    try:
        if not _is_member(request.user, link):
            _count(link, visit, what)
    except Exception:  # a page must open also when it cannot be noted that it was
        logger.exception("An opening of share link %s could not be noted", link.uid)


@transaction.atomic
def _count(link: ShareLink, visit: Visit, what: str) -> None:
    opening, first = Opening.objects.get_or_create(visit=visit.key, defaults={"link": link})
    Opening.objects.filter(pk=opening.pk).update(**{what: F(what) + 1})
    if first:
        log(plan=link.plan, by=None, verb=Verb.OPENED, label=link.recipient)


def _is_no_reader(request: HttpRequest) -> bool:
    """Whether the page is fetched ahead, or by a robot such as one that makes a preview of a link
    in a chat."""
    ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return ahead or bool(ROBOT.search(request.headers.get("User-Agent", "")))


def _is_member(user: Any, link: ShareLink) -> bool:
    return user.is_authenticated and link.plan.memberships.filter(user=user).exists()
