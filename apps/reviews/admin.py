"""Rubrics in the administration: criteria, weights and what the points mean, in both languages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.plans.sections import registry
from apps.reviews.models import ANCHORED, Criterion, Rubric, Score

LANGUAGES = {"en": _("English"), "zh": _("Chinese")}


TEXTS = [(points, language) for points in ANCHORED for language in LANGUAGES]


def anchor_field(points: str, language: str) -> str:
    return f"anchor_{points}_{language}"


# The anchors, one JSON column, as one text each.
AnchorFields = type(
    "AnchorFields",
    (forms.ModelForm,),
    {
        anchor_field(points, language): forms.CharField(
            label=format_lazy(
                _("{points} points ({language})"), points=points, language=LANGUAGES[language]
            ),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        )
        for points, language in TEXTS
    },
)


class CriterionForm(AnchorFields):
    sections = forms.MultipleChoiceField(
        label=_("sections"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Demanded where a request names one of these, or no section; with none of them "
            "ticked it is always demanded. Whoever may not see one of these does not see the "
            "score either."
        ),
    )

    class Meta:
        model = Criterion
        fields = ("name_en", "name_zh", "weight", "order", "sections")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = [(item.name, item.title) for item in registry]
        for points, language in TEXTS:
            text = self.instance.anchors.get(points, {}).get(language, "")
            self.fields[anchor_field(points, language)].initial = text

    def save(self, commit: bool = True) -> Criterion:
        self.instance.anchors = {
            points: {
                language: self.cleaned_data[anchor_field(points, language)]
                for language in LANGUAGES
            }
            for points in ANCHORED
        }
        return super().save(commit)


class CriterionInline(admin.StackedInline):
    model = Criterion
    form = CriterionForm
    extra = 0

    def get_readonly_fields(self, request: Any, obj: Rubric | None = None) -> tuple[str, ...]:
        """A weight that scores were given under stays: means people acted on do not move."""
        used = obj is not None and Score.objects.filter(criterion__rubric=obj).exists()
        return ("weight",) if used else ()

    def has_delete_permission(self, request: Any, obj: Rubric | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or not Score.objects.filter(criterion__rubric=obj).exists()
        )


@admin.register(Rubric)
class RubricAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_zh", "order", "active")
    list_editable = ("order", "active")
    fields = ("name_en", "name_zh", "order", "active")
    inlines = (CriterionInline,)
