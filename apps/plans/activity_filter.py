"""Which of the activity a reader may see, and what of it they ask for: for its page and its CSV."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.accounts.models import User
from apps.plans.access import Access
from apps.plans.models import Activity, Verb
from apps.plans.plan_forms import StyledForm
from apps.plans.sections import registry


@dataclass(frozen=True)
class Group:
    """Verbs that one looks for together."""

    title: Any
    verbs: frozenset[str]


GROUPS = {
    "content": Group(
        pgettext_lazy("activity", "Content"),
        frozenset({
            Verb.EDITED, Verb.ADDED, Verb.DELETED, Verb.RESTORED, Verb.MOVED, Verb.DISMISSED,
            Verb.REOPENED,
        }),
    ),
    "plan": Group(
        _("The plan and its settings"),
        frozenset({Verb.CREATED, Verb.CONFIGURED, Verb.ARCHIVED, Verb.UNARCHIVED}),
    ),
    "people": Group(
        _("People"),
        frozenset({
            Verb.INVITED, Verb.JOINED, Verb.ROLE_CHANGED, Verb.REMOVED, Verb.LEFT, Verb.REVOKED,
            Verb.HID,
        }),
    ),
    "review": Group(
        _("Comments and reviews"),
        frozenset({
            Verb.COMMENTED, Verb.REPLIED, Verb.REWORDED, Verb.ASSIGNED, Verb.RESOLVED,
            Verb.OPENED_AGAIN, Verb.ASKED_REVIEW, Verb.TOOK_REVIEW, Verb.REVIEWED, Verb.DECLINED,
            Verb.WITHDREW, Verb.DECIDED,
        }),
    ),
    "versions": Group(
        _("Versions and exports"),
        frozenset({Verb.VERSIONED, Verb.ROLLED_BACK, Verb.EXPORTED, Verb.IMPORTED}),
    ),
    "sharing": Group(
        _("Share links"),
        frozenset({Verb.SHARED, Verb.UNSHARED, Verb.OPENED, Verb.REFUSED}),
    ),
    "reading": Group(pgettext_lazy("activity", "Reading"), frozenset({Verb.VIEWED})),
}  # fmt: skip
# Who is invited and with whom the plan is shared is told to whom the people page tells it.
INVITING = frozenset({Verb.INVITED, Verb.REVOKED})
FOUNDERS_ONLY = frozenset({Verb.VIEWED, Verb.HID})
NOBODY = "0"  # the person of a choice: a guest, or an account that is gone


def visible(access: Access) -> QuerySet[Activity]:
    """All that the reader may see, newest first; nothing of a section hidden from them."""
    kept: frozenset[str] = frozenset()
    if not access.founder:
        kept |= FOUNDERS_ONLY
    if not access.may("people.manage"):
        kept |= INVITING
    if not access.may("share.manage"):
        kept |= GROUPS["sharing"].verbs
    found = access.plan.activity.exclude(section__in=access.hidden).exclude(verb__in=kept)
    if not access.founder:
        found = found.exclude(facts__has_key="founders_only")  # a thread that mentors do not read
    if not access.may("share.manage"):
        # The guest of a file is whom the link was made for.
        found = found.exclude(verb=Verb.EXPORTED, changes__has_key="guest")
    return found.select_related("by").order_by("-at", "-pk")


class ActivityFilter(StyledForm, forms.Form):
    """Where one of the choices makes no sense nothing is found: whoever meant to see less must not
    take everything for it."""

    person = forms.ChoiceField(label=pgettext_lazy("activity", "Person"), required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("activity", "Kind"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    since = forms.DateField(
        label=pgettext_lazy("activity", "From"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    until = forms.DateField(
        label=pgettext_lazy("activity", "To"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = visible(access)
        acted = User.objects.filter(pk__in=access.plan.activity.order_by().values("by"))
        self.fields["person"].choices = [
            ("", pgettext_lazy("activity", "Everybody")),
            *((str(user.pk), str(user)) for user in acted.order_by("name", "pk")),
            (NOBODY, _("Guests and people who left")),
        ]
        verbs = self.groups_seen(access)
        self.fields["kind"].choices = [("", pgettext_lazy("activity", "Everything")), *verbs]
        self.fields["section"].choices = [
            ("", _("All sections")),
            *((one.name, one.title) for one in registry if access.sees(one.name)),
        ]
        for field in self.fields.values():
            field.error_messages |= {
                "invalid_choice": _("This is not one of the choices. Choose another one."),
                "invalid": _("This is not a day. Write it such as 2027-03-31."),
            }

    def add_error(self, field: str | None, error: Any) -> None:
        """What was asked for stays in its field, also where the field could not show it."""
        understood = field in self.cleaned_data
        super().add_error(field, error)
        if field is None or understood:
            return
        widget, typed = self.fields[field].widget, self.data.get(field, "").replace("\x00", "")
        if isinstance(widget, forms.DateInput):
            widget.input_type = "text"
        else:
            widget.choices = [*widget.choices, (typed, typed)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one. Choose a later day."))
        return cleaned

    @staticmethod
    def groups_seen(access: Access) -> list[tuple[str, Any]]:
        left_out = set()
        if not access.founder:
            left_out.add("reading")
        if not access.may("share.manage"):
            left_out.add("sharing")
        return [(name, group.title) for name, group in GROUPS.items() if name not in left_out]

    def activity(self, folded: bool = False) -> QuerySet[Activity]:
        """What is asked for of what may be seen. ``folded``: a restore or an import stands for its
        many edits, unless edits or a section are asked for."""
        if not self.is_valid():
            return self.found.none()
        asked, wanted = self.cleaned_data, Q()
        if person := asked.get("person"):
            wanted &= Q(by=None) if person == NOBODY else Q(by=int(person))
        if kind := asked.get("kind"):
            wanted &= Q(verb__in=GROUPS[kind].verbs)
        if section := asked.get("section"):
            wanted &= Q(section=section)
        if since := asked.get("since"):
            wanted &= Q(at__date__gte=since)
        if until := asked.get("until"):
            wanted &= Q(at__date__lte=until)
        if folded and kind != "content" and not section:
            wanted &= Q(within=None)
        return self.found.filter(wanted)
