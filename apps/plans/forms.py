"""Forms: ``RecordForm`` is the base of every section's forms."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, LayoutObject
from django import forms
from django.db.models import Field as ModelField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from apps.plans.contents import Contents
from apps.plans.display import evidence_doubt
from apps.plans.document import dump_record, to_json
from apps.plans.evidence import (
    CONFIRM,
    GIVEN_FOR,
    KEYS,
    collect,
    confirm_field,
    evidence_fields,
    input_name,
    remember,
)
from apps.plans.fields import RowRef, RowRefs, RowScores
from apps.plans.references import GroupedCheckboxes
from apps.plans.sections import Part, registry

WIDGET_CLASSES = {
    "select": "form-select",
    "checkboxselectmultiple": "form-check-input",
    "groupedcheckboxes": "form-check-input",
    "radioselect": "form-check-input",
    "checkbox": "form-check-input",
}


MANY = 12  # so many checkboxes are read at a glance


def style(field: forms.Field) -> None:
    """Give the widget the CSS class of its kind."""
    kind = type(field.widget).__name__.lower()
    field.widget.attrs.setdefault("class", WIDGET_CLASSES.get(kind, "form-control"))


class GuidedField(LayoutObject):
    """A field with its guidance (why we ask, a good example) and, if quantified, its evidence."""

    template = "plans/form/field.html"

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, form: "RecordForm", context: Any, **kwargs: Any) -> SafeString:
        if self.name not in form.fields:
            return SafeString("")
        if form[self.name].is_hidden:
            return self.render_hidden(form)
        why, example = form.guide.get(self.name, ("", ""))
        evidence, confirm = [], input_name(self.name, CONFIRM)
        if self.name in form.part.quantified:
            evidence = [form[input_name(self.name, key)] for key in KEYS]
        form.rendered_fields.update({self.name, confirm, *(bound.name for bound in evidence)})
        doubt = evidence_doubt(form.instance, self.name)
        return render_to_string(
            self.template,
            {
                "field": form[self.name],
                "unit": form.unit_of(self.name),
                "why": why,
                "example": example,
                "shelf": form.shelves.get(self.name),
                "evidence": evidence,
                "evidence_open": doubt or any(bound.errors for bound in evidence),
                "doubt": doubt,
                "confirm": form[confirm] if confirm in form.fields else None,
                "evidence_given": form.instance.evidence.get(self.name),
            },
        )

    def render_hidden(self, form: "RecordForm") -> SafeString:
        """An answer that is kept while its question is not asked, with its evidence."""
        names = [self.name]
        if self.name in form.part.quantified:
            names += [input_name(self.name, key) for key in KEYS]
        form.rendered_fields.update(names)
        return format_html_join("", "{}", ((form[name],) for name in names))


class RecordForm(forms.ModelForm):
    """The form of one record. A section's form gives ``Meta.model``, ``Meta.fields`` (a tuple) and

    ``guide``: {field: (why it is asked, one good example)} for every field;
    ``groups``: ((title, (field, …)), …) to divide a long form; without it they stand in order;
    ``shelves``: {field: kinds of library resources} whose names are offered for a text field;
    ``decider``: the field whose answer decides which others are asked. Such a form takes the
    ``answers`` posted so far, shows the questions that follow, and has a ``redraw_label``;
    ``fold``: whether long lists of rows are folded by group; only a page needs that.
    """

    guide: dict[str, tuple[Any, Any]] = {}
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    shelves: dict[str, tuple[str, ...]] = {}
    decider = ""

    def __init__(
        self, *args: Any, part: Part, contents: Contents, fold: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.contents, self.fold = part, contents, fold
        self.before = dump_record(part, self.instance)
        for name in list(self.fields):
            model_field = part.model_field(name)
            if isinstance(model_field, RowRef | RowRefs | RowScores):
                self._offer_rows(name, model_field)
        for name in part.quantified:
            self.fields.update(evidence_fields(name))
            given = self.instance.evidence.get(name, {})
            for key in KEYS:
                if key in given:
                    self.initial.setdefault(input_name(name, key), given[key])
            if GIVEN_FOR in given:
                self.fields[input_name(name, CONFIRM)] = confirm_field()
        for field in self.fields.values():
            style(field)
        for name in self.shelves:
            self.fields[name].widget.attrs["list"] = f"{self[name].auto_id}_shelf"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _offer_rows(self, name: str, model_field: RowRef | RowRefs | RowScores) -> None:
        """The rows a reference may point at; what it points at now stays, even if removed."""
        target = model_field.target
        if not registry.has(target):
            del self.fields[name]
            return
        rows = (
            [] if target.partition(".")[0] in self.contents.hidden else self.contents.part(target)
        )
        choices = [(row.uid, str(row)) for row in rows if row.uid != self.instance.uid]
        value = getattr(self.instance, name)
        if isinstance(model_field, RowScores):
            labels = [(row.uid, str(getattr(row, "score_label", row))) for row in rows]
            self.fields[name].offer(labels, value or {})
        else:
            choices = self._offer_choices(name, model_field, choices, value)
        if not choices:
            section, part = registry.part(target)
            place = _("“%(part)s” in the section “%(section)s”") % {
                "part": part.title, "section": section.title
            }  # fmt: skip
            address = reverse("plans:edit", args=[self.contents.plan.uid, section])
            link = format_html('<a href="{}?part={}">{}</a>', address, part.name, place)
            self.fields[name].help_text = format_html(
                _("Nothing to choose from yet: add rows to {place}."), place=link
            )

    def _offer_choices(self, name: str, model_field: Any, choices: list, value: Any) -> list:
        known = {uid for uid, _label in choices}
        held = [value] if isinstance(value, str) else value or []
        choices += [
            (uid, str(self.contents.ref(model_field.target, uid)))
            for uid in held
            if uid and uid not in known
        ]
        none = [("", "—")] if isinstance(model_field, RowRef) else []
        self.fields[name].choices = [*none, *choices]
        if self.fold and isinstance(model_field, RowRefs) and len(choices) > MANY:
            self._fold_choices(name, model_field, choices, set(held))
        return choices

    def _fold_choices(self, name: str, model_field: RowRefs, choices: list, held: set) -> None:
        """The chosen ones first, then the record's own group, then the others."""
        rows = {row.uid: row for row in self.contents.part(model_field.target)}
        own = str(getattr(self.instance, "choice_group", ""))
        groups: dict[str, list] = {str(_("Chosen")): [], own: []}
        for uid, label in choices:
            group = getattr(rows.get(uid), "choice_group", None)
            if uid not in held and group is None:
                return  # rows of this kind have no groups
            chosen = str(_("Chosen")) if uid in held else str(group)
            groups.setdefault(chosen, []).append((uid, label))
        field = self.fields[name]
        field.widget = GroupedCheckboxes(unfolded=own)
        field.choices = [(group, members) for group, members in groups.items() if members]

    def _layout(self) -> Layout:
        names = self._meta.fields
        if not self.groups:
            return Layout(*(GuidedField(name) for name in names))
        grouped = {name for _title, members in self.groups for name in members}
        rest = [GuidedField(name) for name in names if name not in grouped]
        return Layout(
            *(Fieldset(title, *map(GuidedField, members)) for title, members in self.groups), *rest
        )

    def _evidence_of(self, name: str, cleaned: dict[str, Any]) -> dict[str, Any]:
        return remember(
            collect(name, cleaned),
            self.before.get("evidence", {}).get(name, {}),
            was=self.before[name],
            now=to_json(cleaned.get(name)),
            confirmed=bool(cleaned.get(input_name(name, CONFIRM))),
        )

    def focus_first(self) -> None:
        """Put the cursor into the first field; into the error summary if there is one."""
        if not self.errors:
            first = next(iter(self.fields.values()))
            first.widget.attrs["autofocus"] = True

    @classmethod
    def label_of(cls, name: str) -> Any:
        return cls.base_fields[name].label if name in cls.base_fields else name

    def unit_of(self, name: str) -> str:
        model_field: ModelField = self.part.model_field(name)
        unit = getattr(model_field, "unit", "")
        return self.contents.plan.currency if unit == "currency" else unit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):  # a browser sends other ends of lines than it was given
                cleaned[name] = value.replace("\r\n", "\n")
        evidence = {name: self._evidence_of(name, cleaned) for name in self.part.quantified}
        self.instance.evidence = {name: given for name, given in evidence.items() if given}
        return cleaned
