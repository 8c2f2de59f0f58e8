"""The published format: the JSON Schema, and a page for people who write such a file."""

import hashlib
import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.generic import TemplateView, View

from apps.plans.room import MAX_ROWS
from apps.plans.sections import registry
from apps.transfer.described import described_part, described_settings
from apps.transfer.limits import MAX_DOCUMENT
from apps.transfer.schema import schema


@cache
def schema_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=1)


class SchemaFile(View):
    """Public: it tells of no plan."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        text = schema_text()
        response = HttpResponse(text, content_type="application/schema+json; charset=utf-8")
        response["ETag"] = quote_etag(hashlib.sha256(text.encode()).hexdigest())
        patch_cache_control(response, public=True, max_age=3600)
        return get_conditional_response(request, etag=response["ETag"], response=response)


class FormatPage(TemplateView):
    """Public, like the schema that it explains."""

    template_name = "transfer/format.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            settings=described_settings(),
            sections=[
                (section, [(part, described_part(part)) for part in section.parts])
                for section in registry
            ],
            max_rows=MAX_ROWS,
            max_size=MAX_DOCUMENT // 1_000_000,
            **kwargs,
        )
