"""The people of a plan: members, invitations, who sees which section; and accepting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from apps.plans import people, people_mail
from apps.plans.access import ROLE_MEANING, YOU_MAY, PlanMixin
from apps.plans.lifecycle import let_viewers_read_comments
from apps.plans.models import Invitation, Membership, Role
from apps.plans.navigation import navigation
from apps.plans.plan_forms import InviteForm, RoleForm
from apps.plans.roster import roster, split
from apps.plans.sections import registry


class People(PlanMixin, FormView):
    """Everybody on the plan; the owner adds people here."""

    actions = {"GET": "people.read", "POST": "people.manage"}
    template_name = "plans/people.html"
    form_class = InviteForm

    def form_valid(self, form: InviteForm) -> HttpResponse:
        try:
            added = people.add_person(plan=self.plan, by=self.request.user, **form.cleaned_data)
        except people.AlreadyThere:
            form.add_error("email", _("This person is on the plan already; change the role below."))
            return self.form_invalid(form)
        tell(self.request, self.plan, added)
        return redirect("plans:people", self.plan.uid)

    def form_invalid(self, form: InviteForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        manages = self.access.may("people.manage")
        members = self.plan.memberships.select_related("user").order_by("created_at", "pk")
        invitations = self.plan.invitations.select_related("invited_by") if manages else []
        now, earlier = split(roster(members, invitations))
        return super().get_context_data(
            navigation=navigation(self.access),
            roster=now,
            earlier=earlier,
            manages=manages,
            sees_addresses=self.access.may("people.addresses"),
            meanings=[(role, meaning) for role, meaning in ROLE_MEANING.items()],
            visibility=visibility(self.plan) if manages else None,
            role_form=RoleForm() if manages else None,
            **kwargs,
        )


def visibility(plan: Any) -> list[dict[str, Any]]:
    """For each section, whether each role other than the owner sees it."""
    hidden = set(plan.hidden_sections.values_list("section", "role"))
    return [
        {
            "section": section,
            "roles": [
                {"role": role, "name": f"{section.name}.{role.value}",
                 "seen": (section.name, role.value) not in hidden}
                for role in Role if role != Role.OWNER
            ],
        }
        for section in registry
    ]  # fmt: skip


def tell(request: HttpRequest, plan: Any, added: people.Added, asked: Any = None) -> None:
    """Send the mail, and say what came of it; the link is shown this once. ``asked`` is a request
    for review that the same mail tells of."""
    if added.membership:
        link = request.build_absolute_uri(reverse("plans:page", args=[plan.uid]))
        if people_mail.send(added=added, plan=plan, by=request.user, link=link, asked=asked):
            messages.success(request, _("%(email)s is on the plan now.") % {"email": added.email})
        else:
            text = _(
                "%(email)s is on the plan now, but the mail that says so could not be sent. Tell "
                "them yourself: %(link)s"
            )
            messages.warning(request, text % {"email": added.email, "link": link})
        return
    link = request.build_absolute_uri(reverse("plans:invitation", args=[added.token]))
    if people_mail.send(added=added, plan=plan, by=request.user, link=link, asked=asked):
        messages.success(
            request,
            _("The invitation to %(email)s is on its way. You can also pass this link on: %(link)s")
            % {"email": added.email, "link": link},
        )
    else:
        messages.warning(
            request,
            _("The mail to %(email)s could not be sent. Pass this link on yourself: %(link)s")
            % {"email": added.email, "link": link},
        )


class SectionVisibility(PlanMixin, View):
    """Which role sees which section: a box for each pair, ticked where it is seen; and whether
    viewers read the comments."""

    action = "people.manage"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        pairs = {
            (section.name, role.value)
            for section in registry
            for role in Role
            if role != Role.OWNER
        }
        hidden = {pair for pair in pairs if f"{pair[0]}.{pair[1]}" not in request.POST}
        people.set_hidden(plan=self.plan, hidden=hidden, by=request.user)
        allowed = "viewers_read_comments" in request.POST
        let_viewers_read_comments(plan=self.plan, allowed=allowed, by=request.user)
        messages.success(request, _("Saved who sees which section."))
        return redirect("plans:people", self.plan.uid)


class Member(PlanMixin, View):
    """Change a member's role, or remove the member."""

    action = "people.manage"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        members = self.plan.memberships.select_related("user").exclude(role=Role.OWNER)
        membership: Membership = get_object_or_404(members, pk=kwargs["member"])
        if "remove" in request.POST:
            people.remove_member(membership=membership, by=request.user)
            said = _("%(person)s is no longer on the plan.")
        else:
            form = RoleForm(request.POST)
            if not form.is_valid():
                messages.error(request, _("Choose one of the roles."))
                return redirect("plans:people", self.plan.uid)
            role = form.cleaned_data["role"]
            if not people.change_role(membership=membership, role=role, by=request.user):
                text = _("Nothing changed: %(person)s has this role already.")
                messages.info(request, text % {"person": membership.user})
                return redirect("plans:people", self.plan.uid)
            said = _("The role of %(person)s is changed.")
        messages.success(request, said % {"person": membership.user})
        return redirect("plans:people", self.plan.uid)


class Leave(PlanMixin, TemplateView):
    action = "plan.leave"
    template_name = "plans/leave.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(navigation=navigation(self.access), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        membership = get_object_or_404(self.plan.memberships, user=request.user)
        people.remove_member(membership=membership, by=request.user)
        messages.success(request, _("You left the plan “%(title)s”.") % {"title": self.plan.title})
        return redirect("plans:list")


class InvitationAction(PlanMixin):
    """Something done to one open invitation of the plan."""

    action = "people.manage"

    def invitation(self) -> Invitation:
        return get_object_or_404(
            self.plan.invitations.filter(accepted_at=None, revoked_at=None),
            uid=self.kwargs["invitation"],
        )


class InvitationResend(InvitationAction, View):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        added = people.renew_invitation(invitation=self.invitation(), by=request.user)
        tell(request, self.plan, added)
        return redirect("plans:people", self.plan.uid)


class InvitationRole(InvitationAction, View):
    """Whoever was mailed the invitation is told of the new role; their link stays as it is."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        invitation, form = self.invitation(), RoleForm(request.POST)
        invitation.plan = self.plan
        back = redirect("plans:people", self.plan.uid)
        if not form.is_valid():
            messages.error(request, _("Choose one of the roles."))
            return back
        role = form.cleaned_data["role"]
        if not people.change_invited_role(invitation=invitation, role=role, by=request.user):
            text = _("Nothing changed: %(email)s is invited with this role already.")
            messages.info(request, text % {"email": invitation.email})
            return back
        named = {"email": invitation.email, "role": Role(role).label}
        text = _("%(email)s is invited as %(role)s now.") % named
        mailed = invitation.state == "pending" and not invitation.mail_failed_at
        if mailed and people_mail.send_new_role(invitation=invitation, by=request.user):
            messages.success(request, f"{text} {_('A mail tells them so; their link stays.')}")
        elif mailed:
            messages.warning(request, f"{text} {_('The mail about it could not be sent.')}")
        else:
            messages.success(request, f"{text} {_('Send the invitation again to tell them.')}")
        return back


class InvitationRevoke(InvitationAction, TemplateView):
    """Withdraw it, after a question."""

    template_name = "plans/invitation_withdraw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {"invitation": self.invitation(), "navigation": navigation(self.access)}
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        people.revoke_invitation(invitation=self.invitation(), by=request.user)
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        return redirect("plans:people", self.plan.uid)


class InvitationAccept(View):
    """The page behind an invitation's link. Not under a plan's access: its token is the right."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = people.find_invitation(token)
        if invitation is None:
            response = render(request, "plans/invitation_gone.html", status=404)
        elif not request.user.is_authenticated:
            response = self.sign_in(request, invitation)
        else:
            response = super().dispatch(request, invitation=invitation)
        response["X-Robots-Tag"] = "noindex"
        return response

    def sign_in(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        """Offer both ways in; either returns to this link."""
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return render(request, "plans/invitation.html", {"invitation": invitation})

    def get(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        member = invitation.plan.memberships.filter(user=request.user).exists()
        context = {"invitation": invitation, "member": member}
        return render(request, "plans/invitation.html", context)

    def post(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        membership = people.accept_invitation(invitation=invitation, user=request.user)
        if membership is None:
            return render(request, "plans/invitation_gone.html", status=404)
        role = Role(membership.role)
        welcome = _("Welcome to the plan “%(title)s”. Your role: %(role)s. %(meaning)s") % {
            "title": invitation.plan.title,
            "role": role.label,
            "meaning": YOU_MAY.get(role, ROLE_MEANING[role]),
        }
        messages.success(request, welcome)
        return redirect(membership.opens or reverse("plans:page", args=[invitation.plan.uid]))
