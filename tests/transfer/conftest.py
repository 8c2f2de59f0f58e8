"""A plan's document as bytes, and what a browser posts to bring one in."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.plans.contents import load
from apps.plans.document import Document, content_hash, dump
from apps.plans.models import Plan
from tests.plans.conftest import SEGMENT, save


def uploaded(content: Any, name: str = "plan.json") -> SimpleUploadedFile:
    """A file; anything but bytes and text is written as JSON."""
    if not isinstance(content, bytes | str):
        content = json.dumps(content)
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def url(name: str, plan: Plan, path: str = "", *more: Any) -> str:
    """url("table", plan, "market.segment") is the address of transfer:table."""
    return reverse(f"transfer:{name}", args=[plan.uid, *(path.split(".") if path else []), *more])


def document_of(plan: Plan) -> Document:
    return dump(load(Plan.objects.get(pk=plan.pk)))


def hash_of(plan: Plan) -> str:
    return content_hash(document_of(plan))


def hidden_inputs(response: HttpResponse) -> dict[str, str]:
    """The hidden inputs of the page's last form, but for the token."""
    form = response.content.decode().rpartition("<form")[2]
    found = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def bring_in(client: Client, plan: Plan, content: Any) -> HttpResponse:
    """Upload a document into the plan, look at the preview and confirm it."""
    address = url("import", plan)
    asked = client.post(address, {"file": uploaded(content)})
    assert asked.status_code == 200, asked.content.decode()
    return client.post(address, {**hidden_inputs(asked), "confirmed": "yes"})


@pytest.fixture
def segment(plan: Plan, owner: Any) -> Any:
    return save(plan, SEGMENT, owner, name="Shops", behavioural="They chat at night.", pain=4)


@pytest.fixture
def founder(as_: Any) -> Client:
    return as_("owner")
