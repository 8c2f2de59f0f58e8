"""The fixed sets of the strategy section. Used by this app only."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CompetitorKind(models.TextChoices):
    DIRECT = "direct", pgettext_lazy("competitor kind", "Direct: same offer, same customers")
    INDIRECT = "indirect", pgettext_lazy("competitor kind", "Indirect: other offer, same need")
    SUBSTITUTE = "substitute", pgettext_lazy("competitor kind", "Substitute: done without us")
    PLATFORM = "platform", pgettext_lazy("competitor kind", "Platform that may add the function")
    OPEN_MODEL = "open_model", pgettext_lazy("competitor kind", "Open model the customer runs")


# Those that can take a whole market at once: no plan on large models is without them.
OVERTAKERS = (CompetitorKind.PLATFORM, CompetitorKind.OPEN_MODEL)


class AdvantageKind(models.TextChoices):
    TECHNOLOGY = "technology", pgettext_lazy("advantage kind", "Technology")
    MARKET = "market", pgettext_lazy("advantage kind", "Market")
    BRAND = "brand", pgettext_lazy("advantage kind", "Brand")
    DIFFERENTIATION = "differentiation", pgettext_lazy("advantage kind", "Differentiation")


class ForceKind(models.TextChoices):
    """Porter's five forces."""

    RIVALRY = "rivalry", _("Rivalry among competitors")
    ENTRANTS = "entrants", _("New entrants")
    SUBSTITUTES = "substitutes", _("Substitutes")
    SUPPLIERS = "suppliers", _("Power of suppliers")
    BUYERS = "buyers", _("Power of buyers")


class SupplyKind(models.TextChoices):
    COMPUTE = "compute", pgettext_lazy("supply", "Compute")
    CLOUD = "cloud", pgettext_lazy("supply", "Cloud")
    BASE_MODEL = "base_model", pgettext_lazy("supply", "Base model")
    DATA = "data", pgettext_lazy("supply", "Data")
    OTHER = "other", pgettext_lazy("supply", "Other")


class SwotKind(models.TextChoices):
    STRENGTH = "strength", pgettext_lazy("SWOT", "Strength")
    WEAKNESS = "weakness", pgettext_lazy("SWOT", "Weakness")
    OPPORTUNITY = "opportunity", pgettext_lazy("SWOT", "Opportunity")
    THREAT = "threat", pgettext_lazy("SWOT", "Threat")


INTERNAL = (SwotKind.STRENGTH, SwotKind.WEAKNESS)
EXTERNAL = (SwotKind.OPPORTUNITY, SwotKind.THREAT)
