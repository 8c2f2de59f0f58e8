"""A person's notices, the link behind each, and which of them come by mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, ListView, View

from apps.notices import services
from apps.notices.forms import MailForm
from apps.notices.kinds import KINDS
from apps.notices.links import Unsubscription, read_token
from apps.notices.models import Notice


class Inbox(LoginRequiredMixin, ListView):
    """Everything the person was told, newest first. Looking at the list marks nothing as read."""

    template_name = "notices/list.html"
    context_object_name = "notices"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Notice]:
        return services.inbox(self.request.user)

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        # A page that is not there shows the nearest one instead of an error.
        paginator = Paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()


class ReadAll(LoginRequiredMixin, View):
    """Mark as read what stood on the page, not what came since."""

    def post(self, request: HttpRequest) -> HttpResponse:
        upto = request.POST.get("upto", "").replace("\x00", "")
        newest = get_object_or_404(services.inbox(request.user), uid=upto)
        services.mark_read(user=request.user, upto=newest)
        messages.success(request, _("All notices are marked as read."))
        return redirect("notices:list")


class Open(LoginRequiredMixin, View):
    """The link in a mail or on the list: to the very place the notice is about."""

    def get(self, request: HttpRequest, notice: str) -> HttpResponse:
        found = get_object_or_404(services.inbox(request.user), uid=notice)
        # Notices are written by our own code; a foreign address would be a mistake of it.
        if not url_has_allowed_host_and_scheme(found.url, allowed_hosts=None):
            raise Http404
        services.mark_read(user=request.user, only=found)
        return redirect(found.url)


class MailPreferences(LoginRequiredMixin, FormView):
    template_name = "notices/preferences.html"
    form_class = MailForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "chosen": services.preferences(self.request.user)}

    def form_valid(self, form: MailForm) -> HttpResponse:
        services.choose_mail(user=self.request.user, chosen=form.cleaned_data)
        messages.success(self.request, _("Saved which mails you get."))
        return redirect("notices:preferences")

    def form_invalid(self, form: MailForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(View):
    """The link at the end of every mail. Its signed token is the right: no sign-in, and a mail
    program may post to it at one click (RFC 8058), so no form of ours is asked for. Looking changes
    nothing: scanners open every link."""

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        asked = read_token(token)
        if asked is None:
            response = render(request, "notices/unsubscribe_gone.html", status=404)
        else:
            response = super().dispatch(request, asked)
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, asked: Unsubscription) -> HttpResponse:
        return self.show(request, asked, stopped=False)

    def post(self, request: HttpRequest, asked: Unsubscription) -> HttpResponse:
        services.unsubscribe(user=asked.user, scope=asked.scope)
        return self.show(request, asked, stopped=True)

    def show(self, request: HttpRequest, asked: Unsubscription, stopped: bool) -> HttpResponse:
        kind = KINDS.get(asked.scope)
        context = {"title": kind.title if kind else "", "email": asked.user.email,
                   "stopped": stopped}  # fmt: skip
        with translation.override(asked.user.language):
            return render(request, "notices/unsubscribe.html", context)
