"""Rubrics: sets of weighted criteria, edited by administrators in both languages."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.plans.fields import new_uid

# The points that have a description; the scores between lie between them.
ANCHORED = ("0", "1", "3", "5")


def text_language() -> str:
    return "zh" if (get_language() or "en").startswith("zh") else "en"


def in_two_languages(record: models.Model, name: str) -> str:
    """The text of ``name`` in the active language, in the other one where it has none."""
    first, second = ("zh", "en") if text_language() == "zh" else ("en", "zh")
    return getattr(record, f"{name}_{first}") or getattr(record, f"{name}_{second}")


class Rubric(models.Model):
    """A set of weighted criteria. Edited by administrators, in both languages."""

    uid = models.CharField(max_length=40, unique=True, default=new_uid)
    name_en = models.CharField(_("name (English)"), max_length=80)
    name_zh = models.CharField(_("name (Chinese)"), max_length=80, blank=True)
    order = models.PositiveIntegerField(default=0)
    active = models.BooleanField(_("offered for new requests"), default=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self) -> str:
        return in_two_languages(self, "name")


class Criterion(models.Model):
    """``sections`` are the names of the sections it is about; ``anchors`` say what 0, 1, 3 and 5
    points mean: {"0": {"en": …, "zh": …}, …}."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    uid = models.CharField(max_length=40, unique=True, default=new_uid)
    name_en = models.CharField(_("name (English)"), max_length=120)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120, blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=6, decimal_places=2, default=Decimal(1),
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    sections = models.JSONField(default=list, blank=True)
    anchors = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="criterion_weight_positive"),
        ]

    def __str__(self) -> str:
        return in_two_languages(self, "name")

    def described(self) -> list[tuple[str, str]]:
        """What the points mean, in the active language where there is a text in it."""
        chosen = []
        for points in ANCHORED:
            texts = self.anchors.get(points, {})
            if text := texts.get(text_language()) or next(filter(None, texts.values()), ""):
                chosen.append((points, text))
        return chosen
