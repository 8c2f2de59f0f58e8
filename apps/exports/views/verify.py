"""Is this the very file that was made here? For whoever holds it, with or without an account.

The answer tells nothing that the file does not say: no title, no names.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.generic import TemplateView

from apps.exports.choices import State
from apps.exports.models import Export
from apps.exports.verify_form import VerifyForm


class Verify(TemplateView):
    template_name = "exports/verify.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", VerifyForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = VerifyForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        sha256 = form.cleaned_data["sha256"]
        made = Export.objects.filter(sha256=sha256, state=State.DONE)
        found = made.select_related("version").defer("version__document").first()
        context = self.get_context_data(asked=True, sha256=sha256, found=found)
        response = self.render_to_response(context)
        add_never_cache_headers(response)
        return response
