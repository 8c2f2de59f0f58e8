"""A section as people read it, and as founders edit it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from django_htmx.http import reswap, retarget

from apps.plans.access import PlanMixin
from apps.plans.contents import Content, Contents, load
from apps.plans.folding import folded
from apps.plans.labels import kept_label
from apps.plans.models import DeletedRow
from apps.plans.navigation import Navigation, NavItem, navigation
from apps.plans.outline import outline
from apps.plans.paging import is_long, rows_page
from apps.plans.reading import NotedReading
from apps.plans.render import render_section
from apps.plans.sections import Part, Section


class SectionMixin(PlanMixin):
    """For views of one section; adds ``section``, ``content``, ``navigation``."""

    @property
    def section(self) -> Section:
        return self.kwargs["section"]  # type: ignore[attr-defined]

    @cached_property
    def contents(self) -> Contents:
        return load(self.plan, self.access.hidden)

    @cached_property
    def content(self) -> Content:
        return self.contents.section(self.section.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {
            "section": self.section,
            "content": self.content,
            "navigation": navigation(self.access),
        }
        return super().get_context_data(**kwargs)


class PartMixin(SectionMixin):
    """For views of one part; adds ``part``. 404 where the section has none of that name."""

    tables_only = False

    @cached_property
    def part(self) -> Part:
        try:
            part = self.section.part(self.kwargs["part"])  # type: ignore[attr-defined]
        except KeyError as error:
            raise Http404 from error
        if self.tables_only and not part.is_table:
            raise Http404
        return part

    def part_url(self, record: Any = None, **query: str) -> str:
        """The part in the editor; of a long table the page with the record."""
        query = {name: text for name, text in {"part": self.part.name, **query}.items() if text}
        anchor = ""
        if self.part.is_table and record is not None and is_long(self.content[self.part.name]):
            query["row"], anchor = record.uid, f"#row-{record.uid}"
        page = reverse("plans:edit", args=[self.plan.uid, self.section])
        return f"{page}?{urlencode(query)}{anchor}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {"part": self.part}
        return super().get_context_data(**kwargs)


class SectionRead(SectionMixin, NotedReading, TemplateView):
    action = "section.read"
    template_name = "plans/section_read.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        written = any(record.revision for _part, record in self.content.records())
        html, headings = outline(folded(render_section(self.content)))
        return super().get_context_data(html=html, headings=headings, written=written, **kwargs)


class SectionEdit(SectionMixin, TemplateView):
    """The editor: one part at a time, ?part=… chooses; first of all the first unfinished one
    on the section's path."""

    action = "section.edit"
    template_name = "plans/section_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        unfinished = {gap.missing.part for gap in current_item(context["navigation"], self).gaps}
        part = self.chosen_part(unfinished)
        pictures = self.content.context().get("pictures", {})
        index = self.section.parts.index(part)
        asked = self.request.GET
        shown = part_view(
            self.content, part, pictures, page=asked.get("page", ""), row=asked.get("row", "")
        )
        just_deleted = self.request.GET.get("deleted", "")
        return context | {
            **shown,
            "deleted": next((row for row in shown["trash"] if row.row == just_deleted), None),
            "unfinished": unfinished,
            "previous": self.section.parts[index - 1] if index else None,
            "next": self.section.parts[index + 1 : index + 2],
        }

    def chosen_part(self, unfinished: set[str]) -> Part:
        asked = self.request.GET.get("part", "")
        for part in self.section.parts:
            if part.name == asked:
                return part
        for part in self.section.in_thought():
            if part.name in unfinished:
                return part
        return self.section.parts[0]


def page_of(request: HttpRequest) -> str:
    """The page of a long table on which htmx was asked."""
    return QueryDict(urlsplit(request.htmx.current_url or "").query).get("page", "")


def current_item(shown: Navigation, view: SectionMixin) -> NavItem:
    return next(item for item in shown.items if item.section == view.section)


def part_view(
    content: Content, part: Part, pictures: dict[str, Any], *, page: str = "", row: str = ""
) -> dict[str, Any]:
    """What the editor shows of one part: its record or a page of its rows (see paging.py), the
    pictures it moves, and the rows deleted last, each to be brought back."""
    value = content[part.name]
    rows = rows_page(value if part.is_table else [], page=page, row=row)
    deleted = DeletedRow.objects.filter(
        plan=content.plan, section=content.section.name, part=part.name
    )
    trash = list(deleted.select_related("deleted_by").order_by("-deleted_at")[:20])
    for gone in trash:
        gone.label = kept_label(part, gone.label, content.contents.hidden)
    return {
        "trash": trash,
        "part": part,
        "content": content,
        "record": None if part.is_table else value,
        "rows": rows.object_list,
        "page_obj": rows,
        "pictures": [pictures[name] for name in part.pictures if pictures.get(name)],
    }


class PartFragment(PartMixin, View):
    """One part of the editor, to be put in place after a save; a whole page without htmx."""

    action = "section.edit"
    tables_only = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.htmx:
            return redirect(self.part_url())
        return part_response(self, request, row=request.GET.get("row", ""))


def part_response(
    view: PartMixin,
    request: HttpRequest,
    *,
    saved: str = "",
    deleted: DeletedRow | None = None,
    contents: Contents | None = None,
    row: str = "",
) -> HttpResponse:
    """The part's fragment with the navigation beside it. ``saved`` is what to tell the person,
    ``contents`` the plan after the write, where it was read already. A long table is shown at
    ``row``, else where the person is."""
    # The view's own contents are those before the write.
    view.__dict__.pop("content", None)
    view.__dict__["contents"] = contents or load(view.plan, view.access.hidden)
    pictures = view.content.context().get("pictures", {})
    context = {
        **part_view(view.content, view.part, pictures, page=page_of(request), row=row),
        "plan": view.plan,
        "access": view.access,
        "section": view.section,
        "navigation": navigation(view.access),
        "saved": saved,
        "deleted": deleted,
        "fragment": True,
    }
    response = render(request, "plans/part_response.html", context)
    # Whatever small piece asked for this, the whole part is put in its place.
    response = retarget(response, f"#part-{view.part.name}")
    return reswap(response, "outerHTML")
