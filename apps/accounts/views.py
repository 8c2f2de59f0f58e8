"""Profile, personal data, the end of an account. Always about the signed-in person only."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET
from django.views.generic import UpdateView

from apps.accounts import services
from apps.accounts.forms import DeleteAccountForm, ProfileForm
from apps.accounts.models import User
from apps.core.views import LANGUAGE_COOKIE_AGE


class ProfileView(LoginRequiredMixin, UpdateView):
    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: Any = None) -> User:
        # A copy: a refused form must not change the name in the top bar of the same page.
        return User.objects.get(pk=self.request.user.pk)

    def get_initial(self) -> dict[str, Any]:
        return {"theme": self.request.COOKIES.get("theme", "")}

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        response = super().form_valid(form)
        self.request.chosen_language = self.object.language  # type: ignore[attr-defined]
        with translation.override(self.object.language):
            messages.success(self.request, _("Your profile is saved."))
        if form.cleaned_data["theme"]:
            response.set_cookie(
                "theme",
                form.cleaned_data["theme"],
                max_age=LANGUAGE_COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        else:
            response.delete_cookie("theme", samesite="Lax")
        return response


@login_required
@require_GET
def personal_data(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(
        services.personal_data(request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response["Content-Disposition"] = 'attachment; filename="ventureplan-personal-data.json"'
    return response


@login_required
@sensitive_post_parameters("password")
def delete_account(request: HttpRequest) -> HttpResponse:
    form = DeleteAccountForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = request.user
        logout(request)
        services.delete_account(user=user)
        messages.success(request, _("Your account and the plans you owned are deleted."))
        return redirect("home")
    context = {"form": form, "plans": services.owned_plans(request.user).count()}
    return render(request, "accounts/delete.html", context)
