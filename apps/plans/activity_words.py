"""One activity as a sentence, in the language now active. Used by activity.py.

What is named in it was kept in no language: titles of sections and parts, "version 3" and the
sentence around them are put in here.
"""

import re
from datetime import date
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from apps.core.money import UNKNOWN, day
from apps.plans.access import Access
from apps.plans.checks import Place
from apps.plans.labels import in_this_language, kept_label, place_words
from apps.plans.models import Activity, Verb
from apps.plans.sections import registry

ADDRESS = re.compile(r"\S+@\S+\.\S+")
# What follows the person's name; a verb that is not here says it all by itself.
PHRASES = {
    Verb.CREATED: gettext_lazy("created the plan %(what)s"),
    Verb.EDITED: gettext_lazy("edited %(what)s"),
    Verb.ADDED: gettext_lazy("added %(what)s"),
    Verb.DELETED: gettext_lazy("deleted %(what)s"),
    Verb.RESTORED: gettext_lazy("brought back %(what)s"),
    Verb.MOVED: gettext_lazy("moved %(what)s"),
    Verb.INVITED: gettext_lazy("invited %(what)s"),
    Verb.ROLE_CHANGED: gettext_lazy("changed the role of %(what)s"),
    Verb.REMOVED: gettext_lazy("removed %(what)s from the plan"),
    Verb.REVOKED: gettext_lazy("withdrew the invitation of %(what)s"),
    Verb.HID: gettext_lazy("changed who sees the section %(what)s"),
    Verb.EXPORTED: gettext_lazy("exported %(what)s"),
    Verb.IMPORTED: gettext_lazy("imported %(what)s"),
    Verb.VERSIONED: gettext_lazy("saved %(what)s"),
    Verb.DISMISSED: gettext_lazy("put a finding on %(what)s aside"),
    Verb.REOPENED: gettext_lazy("brought a finding on %(what)s back"),
    Verb.ROLLED_BACK: gettext_lazy("restored the plan from %(what)s"),
    Verb.COMMENTED: gettext_lazy("commented on %(what)s"),
    Verb.RESOLVED: gettext_lazy("resolved a thread on %(what)s"),
    Verb.REPLIED: gettext_lazy("answered in a thread on %(what)s"),
    Verb.REWORDED: gettext_lazy("changed a comment on %(what)s"),
    Verb.ASSIGNED: gettext_lazy("gave a thread on %(what)s to %(people)s"),
    Verb.OPENED_AGAIN: gettext_lazy("opened a thread on %(what)s again"),
    Verb.ASKED_REVIEW: gettext_lazy("asked %(people)s to review %(what)s"),
    Verb.TOOK_REVIEW: gettext_lazy("took on the review of %(what)s"),
    Verb.REVIEWED: gettext_lazy("finished the review of %(what)s"),
    Verb.DECLINED: gettext_lazy("declined to review %(what)s"),
    Verb.WITHDREW: gettext_lazy("withdrew the request to %(people)s to review %(what)s"),
    Verb.DECIDED: gettext_lazy("decided where mentors disagree on %(what)s"),
    Verb.SHARED: gettext_lazy("made a share link for %(what)s"),
    Verb.UNSHARED: gettext_lazy("closed the share link for %(what)s"),
    Verb.OPENED: gettext_lazy("opened the share link for %(what)s"),
    Verb.REFUSED: gettext_lazy("gave a wrong passcode for the share link for %(what)s"),
}
EXTENDED = gettext_lazy("extended the share link for %(what)s until %(day)s")
NEW_ROLE = gettext_lazy("changed the role in the invitation of %(what)s")
REFUSED_AGAIN = gettext_lazy("gave %(times)s wrong passcodes for the share link for %(what)s")
UNASSIGNED = gettext_lazy("gave a thread on %(what)s to nobody in particular")
TALKING = {Verb.COMMENTED, Verb.RESOLVED, Verb.REPLIED, Verb.REWORDED, Verb.ASSIGNED,
           Verb.OPENED_AGAIN}  # fmt: skip
QUOTED = {Verb.CREATED, Verb.EDITED, Verb.ADDED, Verb.DELETED, Verb.RESTORED, Verb.MOVED,
          Verb.IMPORTED}  # fmt: skip
# How many of each a restore or an import consists of.
COUNTED = {
    Verb.EDITED: ngettext_lazy("%(count)s edited", "%(count)s edited", "count"),
    Verb.ADDED: ngettext_lazy("%(count)s added", "%(count)s added", "count"),
    Verb.DELETED: ngettext_lazy("%(count)s deleted", "%(count)s deleted", "count"),
}


def sentence(activity: Activity, access: Access) -> SafeString:
    """Safe to print: what people wrote is escaped, and a name of theirs quoted."""
    named = what(activity, access)
    phrase = PHRASES.get(Verb(activity.verb))
    if phrase is None or not named:
        return conditional_escape(activity.get_verb_display())
    until = activity.facts.get("until")
    quoted = activity.verb in QUOTED and not is_sheet(activity)
    asked = [name_for(access, name) for name in activity.facts.get("people", [])]
    people = _(", ").join(asked) or UNKNOWN
    given = {
        "what": format_html("<q>{}</q>", named) if quoted else conditional_escape(named),
        "people": conditional_escape(people),
        "day": day(date.fromisoformat(until)) if until else "",
    }
    if until:
        phrase = EXTENDED
    elif activity.verb == Verb.INVITED and "role" in activity.changes:
        phrase = NEW_ROLE
    elif activity.verb == Verb.ASSIGNED and not asked:
        phrase = UNASSIGNED
    elif activity.facts.get("times", 1) > 1:
        phrase, given["times"] = REFUSED_AGAIN, activity.facts["times"]
    return mark_safe(str(conditional_escape(phrase)) % given)


def name_for(access: Access, name: str) -> str:
    """Who is asked before they joined is known by an address, which not everybody may read."""
    if access.may("people.addresses") or not ADDRESS.fullmatch(name):
        return name
    return _("somebody who has not joined yet")


def what(activity: Activity, access: Access) -> str:
    """What it was done to, without the name of a row that is hidden from the reader."""
    facts, label = activity.facts, activity.label
    if "version" in facts:
        return version_words(facts, label)
    if activity.verb in TALKING:
        names = activity.section, activity.part, activity.row, facts.get("field", "")
        return place_words(Place(*names), row_label(activity, access))
    if activity.verb in (Verb.HID, Verb.DISMISSED, Verb.REOPENED):
        return place_words(Place(activity.section)) if activity.section else ""
    return row_label(activity, access)


def version_words(facts: dict[str, Any], label: str) -> str:
    words = {"number": facts["version"], "label": label}
    version = (_("version %(number)s “%(label)s”") if label else _("version %(number)s")) % words
    return f"{in_this_language(facts['name'])} · {version}" if "name" in facts else version


def row_label(activity: Activity, access: Access) -> str:
    path = f"{activity.section}.{activity.part}"
    if not registry.has(path):
        return activity.label
    part = registry.part(path)[1]
    if is_sheet(activity):
        return str(part.title)
    return kept_label(part, activity.label, access.hidden) if activity.label else ""


def is_sheet(activity: Activity) -> bool:
    """A sheet has no name but its part's, and was kept in the language of whoever edited it."""
    path = f"{activity.section}.{activity.part}"
    return registry.has(path) and not registry.part(path)[1].is_table


def counted(verbs: dict[str, int]) -> str:
    """3 edited, 1 added."""
    told = [str(words % {"count": verbs[verb]}) for verb, words in COUNTED.items() if verb in verbs]
    return _(", ").join(told)


def place(activity: Activity) -> str:
    """Where in the plan it was done, if the sentence does not say so itself."""
    if activity.verb not in QUOTED or activity.section not in registry:
        return ""
    title = str(registry[activity.section].title)
    path = f"{activity.section}.{activity.part}"
    if is_sheet(activity) or not registry.has(path):
        return title
    return f"{title} · {capfirst(str(registry.part(path)[1].title))}"
