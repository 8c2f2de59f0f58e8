"""What a browser makes of a page: the record form as it would be posted, and plain text."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from apps.plans.models import Plan

HTMX = {"HX-Request": "true"}


class _RecordForm(HTMLParser):
    """Collects action, hidden and typed values of the form with the class "record-form"."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.action = ""
        self.data: dict[str, Any] = {}
        self.textarea = self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form" and given.get("class") == "record-form":
            self.inside, self.action = True, given["action"]
        name = given.get("name", "")
        if not self.inside or (not name and tag != "option"):
            return
        if tag == "input":
            if given.get("type") not in {"checkbox", "radio"}:
                self.data[name] = given.get("value", "")
            elif "checked" in given:
                self.data.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "textarea":
            self.textarea, self.data[name] = name, ""
        elif tag == "select":
            self.select, self.data[name] = name, None
        elif self.select and ("selected" in given or self.data[self.select] is None):
            # An option; the first one is what a browser sends if none is selected.
            self.data[self.select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.data[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # HTML drops the line break that follows <textarea>; Django writes one.
            self.data[self.textarea] = self.data[self.textarea].removeprefix("\n")
            self.textarea = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False


def form_of(response: HttpResponse) -> _RecordForm:
    form = _RecordForm()
    form.feed(response.content.decode())
    assert form.action, "the page has no record form"
    form.data.pop("csrfmiddlewaretoken", None)
    return form


def fields_of(response: HttpResponse) -> dict[str, Any]:
    """{input name: value}, as a browser would post the page's record form untouched."""
    return form_of(response).data


def text_of(response: HttpResponse) -> str:
    """What a person reads, spaces folded."""
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split())


def url(name: str, plan: Plan, path: str = "", *more: Any) -> str:
    """url("row", plan, "market.segment", uid) is the address of plans:row; path may be "market"."""
    return reverse(f"plans:{name}", args=[plan.uid, *path.split(".")[: 2 if path else 0], *more])
