"""Who may do what on a plan: one table, one mixin, denied by default.

Every view of a URL under a plan inherits ``PlanMixin`` and names its ``action``. A stranger gets
404 (the plan does not exist for them), a member whose role lacks the action gets 403. A section the
owner keeps from a role does not exist for that role. tests/test_access.py walks every URL.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.views import kept, only_a_form, typed_texts
from apps.plans.models import HiddenSection, Membership, Plan, Role

OWNER, COFOUNDER, MENTOR, VIEWER = Role.OWNER, Role.COFOUNDER, Role.MENTOR, Role.VIEWER
FOUNDERS = frozenset({OWNER, COFOUNDER})
ADVISERS = FOUNDERS | {MENTOR}
EVERYONE = ADVISERS | {VIEWER}

ACTIONS: dict[str, frozenset[Role]] = {
    # reading
    "plan.read": EVERYONE,
    "section.read": EVERYONE,
    "activity.read": ADVISERS,
    "people.read": EVERYONE,
    "people.addresses": FOUNDERS,  # everybody else reads names
    "version.read": ADVISERS,
    "review.read": ADVISERS,
    "comment.read": EVERYONE,  # viewers only where the owner says so: Access.reads_comments
    # writing
    "section.edit": FOUNDERS,
    "plan.configure": FOUNDERS,
    "plan.copy": FOUNDERS,
    "version.create": FOUNDERS,
    "version.restore": FOUNDERS,
    "check.dismiss": FOUNDERS,
    # reviewing
    "comment.write": ADVISERS,
    "review.request": FOUNDERS,
    "review.write": frozenset({MENTOR}),
    "review.decide": FOUNDERS,
    # links without an account
    "share.manage": frozenset({OWNER}),
    # data in and out
    "plan.download": EVERYONE,
    "plan.import": FOUNDERS,
    # printing
    "export.read": EVERYONE,
    "export.create": EVERYONE,
    # the plan as a whole
    "plan.leave": EVERYONE - {OWNER},
    "plan.archive": frozenset({OWNER}),
    "plan.delete": frozenset({OWNER}),
    "people.manage": frozenset({OWNER}),
}
# What an archived plan no longer allows: everything that changes its content.
WRITES = frozenset(
    {
        "section.edit", "plan.configure", "plan.import", "version.create", "version.restore",
        "check.dismiss", "comment.write", "review.request", "review.write", "review.decide",
    }
)  # fmt: skip

ROLE_MEANING = {
    OWNER: _("Edits everything, adds and removes people, decides who sees which section."),
    COFOUNDER: _(
        "Edits every section and the plan settings, asks mentors for reviews and answers them. "
        "Cannot add people or delete the plan."
    ),
    MENTOR: _(
        "Reads the sections the owner shows, comments on any field, reviews the plan when asked, "
        "sees what changed, and exports the plan."
    ),
    VIEWER: _(
        "Reads the sections the owner shows and exports them. Reads comments only if the owner "
        "allows it, and sees no activity."
    ),
}

# The same, said to the person: in mails, and when they join.
YOU_MAY = {
    COFOUNDER: _(
        "You can edit every section and the plan settings, ask mentors for reviews and answer them."
    ),
    MENTOR: _(
        "You read the sections that the owner shows you, comment on any field, and review the plan "
        "when the founders ask you to. You cannot change the plan itself."
    ),
    VIEWER: _("You can read the sections that the owner shows you, and export them as a file."),
}

NOT_THERE = _("This page does not exist, or it is not open to you any more.")


@dataclass(frozen=True)
class Access:
    """One person's standing on one plan."""

    plan: Plan
    role: Role
    hidden: frozenset[str] = field(default_factory=frozenset)

    def may(self, action: str) -> bool:
        if self.plan.archived_at and action in WRITES:
            return False
        return self.role in ACTIONS.get(action, frozenset())

    def sees(self, section: str) -> bool:
        return section not in self.hidden

    @property
    def founder(self) -> bool:
        return self.role in FOUNDERS

    @property
    def reads_comments(self) -> bool:
        """Viewers read what mentors read where the owner says so."""
        return self.role in ADVISERS or self.plan.viewers_read_comments


def plans_of(user: Any) -> QuerySet[Plan]:
    """The plans a person is a member of; nothing for anyone not signed in."""
    if not user.is_authenticated:
        return Plan.objects.none()
    return Plan.objects.filter(memberships__user=user)


def access_for(user: Any, plan_uid: str) -> Access | None:
    """The person's access to the plan, or None for a stranger. Two queries."""
    if not user.is_authenticated:
        return None
    membership = (
        Membership.objects.select_related("plan", "plan__updated_by")
        .filter(user=user, plan__uid=plan_uid)
        .first()
    )
    if membership is None:
        return None
    role = Role(membership.role)
    hidden: frozenset[str] = frozenset()
    if role != OWNER:
        hidden = frozenset(
            HiddenSection.objects.filter(plan=membership.plan, role=role).values_list(
                "section", flat=True
            )
        )
    return Access(plan=membership.plan, role=role, hidden=hidden)


class PlanMixin:
    """For every view under /plans/<uid>/. ``action`` for all methods, or ``actions`` by method."""

    action: str | None = None
    actions: dict[str, str] = {}
    access: Access
    plan: Plan

    @classmethod
    def action_for(cls, method: str) -> str:
        method = "GET" if method in {"HEAD", "OPTIONS"} else method
        action = cls.actions.get(method) or cls.action
        if action not in ACTIONS:
            raise ImproperlyConfigured(f"{cls.__name__} names no action for {method}.")
        return action

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                return kept(request, status=401, reason="signed_out")
            return redirect_to_login(request.get_full_path())
        access = access_for(request.user, kwargs["plan"])
        section = kwargs.get("section")
        if access is None or (section is not None and not access.sees(section.name)):
            return self.not_there(request)
        self.access, self.plan = access, access.plan
        if not hasattr(self, (request.method or "").lower()):
            return self.http_method_not_allowed(request, *args, **kwargs)
        if not access.may(self.action_for(request.method or "GET")):
            if request.method == "POST" and typed_texts(request):
                return kept(request, status=403, reason=self.denial())
            raise PermissionDenied(self.denial())
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """An address that only a form may use, opened as a page: what to do, and where."""
        allowed = self._allowed_methods()  # type: ignore[attr-defined]
        return only_a_form(request, allowed=allowed, back=self.instead())

    def instead(self) -> str:
        """The page on which what this view does can be done."""
        return reverse("plans:page", args=[self.plan.uid])

    def not_there(self, request: HttpRequest) -> HttpResponse:
        """The same for a stranger and for who was taken off the plan while writing; the latter gets
        their text back."""
        if request.method == "POST" and typed_texts(request):
            return kept(request, status=404, reason=str(NOT_THERE))
        raise Http404

    def denial(self) -> str:
        if self.plan.archived_at:
            return str(_("This plan is archived. Its owner can take it out of the archive."))
        return str(_("Your role on this plan does not allow this. Ask the owner of the plan."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Over the URL's own words of the same names, which class-based views pass on.
        kwargs |= {"plan": self.plan, "access": self.access}
        return super().get_context_data(**kwargs)  # type: ignore[misc]
