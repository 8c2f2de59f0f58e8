"""A notice in words, in the active language. Used by the notices page and the mails."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.notices.kinds import KINDS
from apps.notices.models import Notice

QUOTED = 400  # characters of a person's text in a mail; the rest is a click away


def sentence(notice: Notice) -> str:
    kind = KINDS[notice.kind]
    values: defaultdict[str, str] = defaultdict(lambda: money.UNKNOWN)
    for name, value in notice.params.items():
        values[name] = str(kind.words[name].get(value, value) if name in kind.words else value)
    values["person"] = notice.by_name or _("Somebody who left")
    values["plan"] = notice.plan.title
    return str(kind.sentence) % values


def facts(notice: Notice) -> str:
    """What the event counts, without what it has none of: 2 sections to fix, 20 comments."""
    counted = [
        str(words % {name: notice.params[name]})
        for name, words in KINDS[notice.kind].facts.items()
        if notice.params.get(name)
    ]
    return " · ".join(counted)


def details(notice: Notice) -> list[tuple[str, str]]:
    """(label, text) of what the event tells by name: due on, about which sections."""
    told = KINDS[notice.kind].details.items()
    read = [
        (str(label), text(notice.params[name]))
        for name, (label, text) in told
        if name in notice.params
    ]
    return [(label, text) for label, text in read if text]


def quote(notice: Notice) -> str:
    """What the person wrote, if the event tells it (the param ``text``)."""
    text: Any = notice.params.get("text", "")
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()} …"
