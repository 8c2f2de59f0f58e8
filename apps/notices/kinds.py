"""The events people are told of: words, default mail. The one place to add one.

``sentence`` is filled with ``%(person)s`` (who did it), ``%(plan)s`` and the notice's params. A
param that is a word of a fixed set has its readable form in ``words``; ``facts`` are params that
count something, told below the sentence; ``details`` are params told by name in a mail of their
own: (label, how it reads).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from apps.notices import details
from apps.notices.models import Mail
from apps.plans.labels import in_this_language


@dataclass(frozen=True)
class Kind:
    name: str
    title: Any  # in the list of preferences
    sentence: Any
    mail: str
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, tuple[Any, Callable[[Any], str]]] = field(default_factory=dict)


ASKED = {
    "round": (_("Round"), details.later_round),
    "due": (_("Due"), details.day),
    "sections": (_("Sections"), details.sections),
    "rubric": (_("Rubric"), in_this_language),
}

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "review_requested",
            _("Somebody asks for my review"),
            _("%(person)s asks you to review “%(plan)s”"),
            Mail.NOW,
            details=ASKED,
        ),
        Kind(
            "review_due",
            _("A review I was asked for is due soon"),
            _("The review of “%(plan)s” that %(person)s asked you for is due soon"),
            Mail.NOW,
            details=ASKED,
        ),
        Kind(
            "review_finished",
            _("A review of my plan is finished"),
            _("%(person)s finished the review of “%(plan)s”: %(outcome)s"),
            Mail.NOW,
            {"outcome": {"approved": _("approved"), "changes": _("changes requested")}},
            {
                "to_fix": ngettext_lazy(
                    "%(to_fix)s section to fix", "%(to_fix)s sections to fix", "to_fix"
                ),
                "improvable": ngettext_lazy(
                    "%(improvable)s improvable", "%(improvable)s improvable", "improvable"
                ),
                "acceptable": ngettext_lazy(
                    "%(acceptable)s acceptable", "%(acceptable)s acceptable", "acceptable"
                ),
                "comments": ngettext_lazy(
                    "%(comments)s comment", "%(comments)s comments", "comments"
                ),
                "settled": ngettext_lazy(
                    "%(settled)s earlier point settled",
                    "%(settled)s earlier points settled",
                    "settled",
                ),
                "still": ngettext_lazy(
                    "%(still)s earlier point still open",
                    "%(still)s earlier points still open",
                    "still",
                ),
            },
        ),
        Kind(
            "review_declined",
            _("A mentor declines to review"),
            _("%(person)s declined to review “%(plan)s”"),
            Mail.NOW,
        ),
        Kind(
            "review_withdrawn",
            _("A request to review is withdrawn"),
            _("%(person)s no longer needs your review of “%(plan)s”"),
            Mail.NOW,
        ),
        Kind(
            "decision_recorded",
            _("Founders decide where mentors disagree"),
            _("%(person)s recorded a decision on “%(criterion)s” in “%(plan)s”"),
            Mail.DIGEST,
        ),
        Kind(
            "comment_added",
            _("New comments and replies"),
            _("%(person)s commented on %(place)s in “%(plan)s”"),
            Mail.DIGEST,
        ),
        Kind(
            "comment_mention",
            _("Somebody mentions me"),
            _("%(person)s mentioned you on %(place)s in “%(plan)s”"),
            Mail.DIGEST,
        ),
        Kind(
            "thread_assigned",
            _("A thread is assigned to me"),
            _("%(person)s assigned you a thread on %(place)s in “%(plan)s”"),
            Mail.DIGEST,
        ),
        Kind(
            "thread_resolved",
            _("A thread I took part in is resolved"),
            _("%(person)s resolved a thread on %(place)s in “%(plan)s”"),
            Mail.DIGEST,
        ),
        Kind(
            "version_restored",
            _("An earlier version is restored"),
            _("%(person)s restored “%(plan)s” to version %(number)s"),
            Mail.DIGEST,
        ),
    )
}
