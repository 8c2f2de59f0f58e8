"""Fields that point at rows and sections by public id. Used through apps.plans.fields.

A reference is never a foreign key: a version, an import and a plan without the row stay whole.
``target`` is "section.part"; rows are found inside the same contents (see contents.py).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from apps.plans.models import RowRecord


def form_field_of(field: models.Field, made: type[forms.Field], **kwargs: Any) -> forms.Field:
    """A form field that Django's own ``formfield`` cannot make, with the model's words on it."""
    kwargs.setdefault("required", not field.blank)
    kwargs.setdefault("label", capfirst(field.verbose_name))
    kwargs.setdefault("help_text", field.help_text)
    return made(**kwargs)


@dataclass(frozen=True)
class Ref:
    """What a reference points at: ``state`` is "empty", "found", "removed" or "hidden"."""

    state: str
    label: str = ""
    row: "RowRecord | None" = None

    def __str__(self) -> str:
        return str(self.label)

    def __bool__(self) -> bool:
        return self.state != "empty"


class _Reference:
    """What RowRef and RowRefs share: ``target`` is "section.part"; rows are found by uid."""

    target: str

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, path, args, {**kwargs, "target": self.target}


class RowRef(_Reference, models.CharField):
    """The uid of a row of ``target``, also across sections: ``RowRef("team.role")``.

    ``record.owner`` is the uid, ``record.owner_ref`` the ``Ref`` it resolves to. Not a foreign key:
    a version, an import and a plan without that row stay whole.
    """

    def __init__(self, *args: Any, target: str = "", **kwargs: Any) -> None:
        self.target = target
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type, name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        target = self.target
        setattr(cls, f"{name}_ref", property(lambda row: row.resolve(target, getattr(row, name))))

    def formfield(self, **kwargs: Any) -> forms.Field:
        return form_field_of(self, forms.ChoiceField, **kwargs)


class RowRefs(_Reference, models.JSONField):
    """Several uids of rows of ``target``; ``record.participants_refs`` lists the ``Ref``s.

    Where there are many, a form folds them by their ``choice_group``, if rows have one.
    """

    def __init__(self, *args: Any, target: str = "", **kwargs: Any) -> None:
        self.target = target
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type, name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        target = self.target
        setattr(
            cls,
            f"{name}_refs",
            property(lambda row: [row.resolve(target, uid) for uid in getattr(row, name) or []]),
        )

    def formfield(self, **kwargs: Any) -> forms.Field:
        kwargs = {"widget": forms.CheckboxSelectMultiple, **kwargs}
        return form_field_of(self, forms.MultipleChoiceField, **kwargs)


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes folded by group, for nobody finds one among five hundred.

    Open are the group ``unfolded`` and those in which one is ticked.
    """

    template_name = "plans/form/grouped.html"

    def __init__(self, *, unfolded: str = "") -> None:
        super().__init__()
        self.unfolded = unfolded

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["groups"] = [
            {
                "name": group,
                "options": options,
                "open": group == self.unfolded or any(one["selected"] for one in options),
            }
            for group, options, _index in context["widget"]["optgroups"]
        ]
        return context


class SectionRef(models.CharField):
    """The name of a section of the plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return form_field_of(self, forms.ChoiceField, **{"choices": _section_choices, **kwargs})


def _section_choices() -> list[tuple[str, str]]:
    from apps.plans.sections import registry  # the registry needs models, models need this module

    return [("", "—"), *((section.name, section.title) for section in registry)]


class RowScores(_Reference, models.JSONField):
    """A score from ``low`` to ``high`` for each row of ``target``, kept as {uid: score}.

    A row is offered by its ``score_label`` where it has one, else by its name.
    ``record.ratings_by_row`` lists (row, score or None) in the rows' order. Scores of removed rows
    stay in place, so that bringing the row back brings them back.
    """

    def __init__(self, *args: Any, target: str = "", low: int = 1, high: int = 5, **kwargs: Any):
        self.target, self.low, self.high = target, low, high
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type, name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        target = self.target

        def by_row(record: Any) -> list[tuple[Any, int | None]]:
            rows = record.contents.part(target) if record.contents else []
            return [(row, (getattr(record, name) or {}).get(row.uid)) for row in rows]

        setattr(cls, f"{name}_by_row", property(by_row))

    def clean(self, value: Any, model_instance: Any) -> dict[str, int]:
        scores = value if isinstance(value, dict) else {"": value}
        allowed = range(self.low, self.high + 1)
        if not all(isinstance(uid, str) and score in allowed for uid, score in scores.items()):
            raise ValidationError(_("Choose only from the list."), code="invalid_choice")
        return scores

    def formfield(self, **kwargs: Any) -> forms.Field:
        return form_field_of(self, ScoresField, low=self.low, high=self.high)


class ScoresWidget(forms.Widget):
    """One select for each row; ``rows`` are (uid, label), set by the record form."""

    template_name = "plans/form/scores.html"
    rows: list[tuple[str, str]] = []
    numbers: list[int] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        posted = {uid: data.get(f"{name}-{uid}", "") for uid, _label in self.rows}
        return {uid: score for uid, score in posted.items() if score}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{uid}" in data for uid, _label in self.rows)

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {}
        context = super().get_context(name, value, attrs)
        context["rows"] = [
            {"name": f"{name}-{uid}", "label": label, "value": str(given.get(uid, ""))}
            for uid, label in self.rows
        ]
        context["numbers"] = [str(number) for number in self.numbers]
        return context


class ScoresField(forms.Field):
    """{uid: score}; ``held`` are scores of rows that are not offered, which stay."""

    widget = ScoresWidget
    held: dict[str, int] = {}

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.numbers = self.widget.numbers = list(range(low, high + 1))

    def offer(self, rows: list[tuple[str, str]], given: dict[str, int]) -> None:
        offered = {uid for uid, _label in rows}
        self.widget.rows = rows
        self.held = {uid: score for uid, score in given.items() if uid not in offered}

    def to_python(self, value: dict[str, str] | None) -> dict[str, int]:
        scores = {}
        for uid, text in (value or {}).items():
            if str(text) not in {str(number) for number in self.numbers}:
                raise ValidationError(_("Choose only from the list."), code="invalid_choice")
            scores[uid] = int(text)
        return {**self.held, **scores}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != self.to_python(data)
