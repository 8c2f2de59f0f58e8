"""A notice in words, in the active language. Used by the notices page and the mails."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.notices.kinds import KINDS, Kind
from apps.notices.models import Notice
from apps.plans.checks import Place
from apps.plans.labels import in_this_language, place_words

QUOTED = 400  # characters of a person's text in a mail; the rest is a click away


def sentence(notice: Notice) -> str:
    kind = KINDS[notice.kind]
    values: defaultdict[str, str] = defaultdict(lambda: money.UNKNOWN)
    for name, value in notice.params.items():
        values[name] = in_words(kind, name, value)
    values["person"] = person(notice)
    values["plan"] = notice.plan.title
    return str(kind.sentence) % values


def person(notice: Notice) -> str:
    if guest := notice.params.get("guest"):
        return _("%(name)s (guest)") % {"name": guest}
    return notice.by_name or _("Somebody who left")


def in_words(kind: Kind, name: str, value: Any) -> str:
    """A param: a place in names of the registry, words kept in each language, a word of a fixed
    set, or what it is."""
    if isinstance(value, dict) and "section" in value:
        names = dict(value)
        label = names.pop("label", "")
        return place_words(Place(**names), label)
    if isinstance(value, dict):
        return in_this_language(value)
    return str(kind.words[name].get(value, value) if name in kind.words else value)


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
