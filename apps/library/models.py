"""Cases to learn from and resources to build with, in both languages, edited by administrators.

A lesson points at a section of a plan and at a check by their names: this app knows no plans.
"""

from typing import Any

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

A_NAME = RegexValidator(r"^[a-z_]+$", _("Small letters only, as in the address of the section."))
A_KEY = RegexValidator(
    r"^[a-z_]+\.[a-z0-9_]+$", _("Section and name, with a dot between them: market.no_primary")
)

A_LINK = URLValidator(schemes=["https", "http"])


def in_both(name: str) -> Any:
    """A property that reads ``name``_zh for a Chinese reader and ``name``_en for anybody else; the
    other one where that is empty."""

    def read(entry: models.Model) -> str:
        texts = [getattr(entry, f"{name}_en"), getattr(entry, f"{name}_zh")]
        chinese = (get_language() or "").startswith("zh")
        return texts[chinese] or texts[not chinese]

    return property(read)


class Entry(models.Model):
    """What cases and resources share. An entry that is not shown stays for the administrators."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_zh = models.CharField(_("name in Chinese"), max_length=160)
    position = models.PositiveIntegerField(_("position"), default=100)
    shown = models.BooleanField(
        _("shown"),
        default=True,
        help_text=_("Hide an entry instead of deleting it: a deleted one of ours comes back."),
    )

    name = in_both("name")

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class CaseKind(models.TextChoices):
    SUCCESS = "success", _("Success")
    FAILURE = "failure", pgettext_lazy("case", "Failure")
    VENTURE = "venture", _("A venture from start to market")


class Case(Entry):
    kind = models.CharField(_("kind"), max_length=20, choices=CaseKind)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    summary_zh = models.CharField(_("summary in Chinese"), max_length=300)
    # What a reader should know of where the story comes from.
    provenance_en = models.TextField(_("where it comes from, in English"))
    provenance_zh = models.TextField(_("where it comes from, in Chinese"))
    background_en = models.TextField(_("background in English"))
    background_zh = models.TextField(_("background in Chinese"))
    goals_en = models.TextField(_("goals in English"), blank=True)
    goals_zh = models.TextField(_("goals in Chinese"), blank=True)
    challenges_en = models.TextField(_("challenges in English"), blank=True)
    challenges_zh = models.TextField(_("challenges in Chinese"), blank=True)
    built_en = models.TextField(_("what was built, in English"), blank=True)
    built_zh = models.TextField(_("what was built, in Chinese"), blank=True)
    response_en = models.TextField(_("how the market responded, in English"), blank=True)
    response_zh = models.TextField(_("how the market responded, in Chinese"), blank=True)

    summary = in_both("summary")
    provenance = in_both("provenance")
    background = in_both("background")
    goals = in_both("goals")
    challenges = in_both("challenges")
    built = in_both("built")
    response = in_both("response")

    class Meta(Entry.Meta):
        abstract = False
        verbose_name = pgettext_lazy("library", "case")
        verbose_name_plural = pgettext_lazy("library", "cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CaseKind.values), name="library_case_kind_known"
            )
        ]


class Lesson(models.Model):
    """What a case teaches, for which section of a plan, and which check guards against it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="lessons")
    position = models.PositiveIntegerField(_("position"), default=0)
    text_en = models.TextField(_("lesson in English"))
    text_zh = models.TextField(_("lesson in Chinese"))
    section = models.CharField(
        _("section"), max_length=40, blank=True, validators=[A_NAME],
        help_text=_("The section it teaches about, as in its address: market"),
    )  # fmt: skip
    check_key = models.CharField(
        _("check"), max_length=80, blank=True, validators=[A_KEY],
        help_text=_("The check that guards against it: market.no_primary"),
    )  # fmt: skip
    guard_en = models.CharField(_("what the check says, in English"), max_length=200, blank=True)
    guard_zh = models.CharField(_("what the check says, in Chinese"), max_length=200, blank=True)

    text = in_both("text")
    guard = in_both("guard")

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["position", "pk"]
        indexes = [
            # the lessons beside one section
            models.Index(fields=["section"], name="library_lesson_by_section"),
        ]

    def __str__(self) -> str:
        return self.text


class ResourceKind(models.TextChoices):
    TOOL = "tool", _("Development tools")
    DATA = "data", _("Data sets")
    CODE = "code", _("Open code and models")
    REPORT = "report", _("Industry reports")
    BOOK = "book", _("Books")


class Resource(Entry):
    kind = models.CharField(_("kind"), max_length=20, choices=ResourceKind)
    purpose_en = models.TextField(_("what it is for, in English"))
    purpose_zh = models.TextField(_("what it is for, in Chinese"))
    link = models.CharField(_("link"), max_length=300, blank=True, validators=[A_LINK])
    section = models.CharField(
        _("section"), max_length=40, blank=True, validators=[A_NAME],
        help_text=_("The section that can use it, as in its address: technology"),
    )  # fmt: skip

    purpose = in_both("purpose")

    class Meta(Entry.Meta):
        abstract = False
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ResourceKind.values), name="library_resource_kind_known"
            )
        ]
