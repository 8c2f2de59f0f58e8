"""The fixed sets of the funding section."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Pricing(models.TextChoices):
    """What the price of a revenue stream is paid for."""

    SUBSCRIPTION = "subscription", pgettext_lazy("revenue", "Subscription")
    USAGE = "usage", pgettext_lazy("revenue", "Usage, by the token")
    LICENCE = "licence", pgettext_lazy("revenue", "Licence, paid once")
    SERVICE = "service", pgettext_lazy("revenue", "Service")


PRICE_UNITS = {
    Pricing.SUBSCRIPTION: _("per customer and month"),
    Pricing.USAGE: _("per million tokens"),
    Pricing.LICENCE: _("once per new customer"),
    Pricing.SERVICE: _("per customer and month"),
}
RECURRING = frozenset({Pricing.SUBSCRIPTION, Pricing.USAGE})  # what counts as ARR


class Kind(models.TextChoices):
    """Kinds of cost that other sections declare, and that can be left out of the model."""

    PAYROLL = "payroll", pgettext_lazy("cost", "Payroll")
    TRAINING = "training", pgettext_lazy("cost", "Training of people")
    MARKETING = "marketing", pgettext_lazy("cost", "Marketing")
    RUNS = "runs", pgettext_lazy("cost", "Model runs")
    DATA = "data", pgettext_lazy("cost", "Data")
    TASKS = "tasks", pgettext_lazy("cost", "Project tasks")
    RISK = "risk", pgettext_lazy("cost", "Risk actions")
    CONTINGENCY = "contingency", pgettext_lazy("cost", "Contingency for risks")


# The section that each kind comes from: what is unknown to whom it is hidden from.
DECLARED_IN = {
    Kind.PAYROLL: "team", Kind.TRAINING: "team",
    Kind.MARKETING: "branding",
    Kind.RUNS: "technology", Kind.DATA: "technology",
    Kind.TASKS: "projects",
    Kind.RISK: "risks", Kind.CONTINGENCY: "risks",
}  # fmt: skip


class Category(models.TextChoices):
    """What a cost line of one's own is for. The first four are part of the cost of revenue."""

    HOSTING = "hosting", pgettext_lazy("cost", "Hosting and platform")
    DELIVERY = "delivery", pgettext_lazy("cost", "Delivery and support")
    SERVING = "serving", pgettext_lazy("cost", "GPUs that serve customers")
    API = "api", pgettext_lazy("cost", "API use of other models")
    COMPUTE = "compute", pgettext_lazy("cost", "GPUs for training and research")
    PEOPLE = "payroll", pgettext_lazy("cost", "Payroll")
    MARKETING = "marketing", pgettext_lazy("cost", "Marketing")
    SALES = "sales", pgettext_lazy("cost", "Sales")
    RESEARCH = "research", pgettext_lazy("cost", "Research and development")
    COMPLIANCE = "compliance", pgettext_lazy("cost", "Legal and compliance")
    GENERAL = "general", pgettext_lazy("cost", "General and administrative")
    OTHER = "other", pgettext_lazy("cost", "Other costs")


COST_OF_REVENUE = frozenset(
    {Category.HOSTING, Category.DELIVERY, Category.SERVING, Category.API}
)  # fmt: skip
GPUS = frozenset({Category.SERVING, Category.COMPUTE, Kind.RUNS})  # what the price of GPUs moves
ACQUISITION = frozenset({Category.MARKETING, Category.SALES})  # what CAC counts


class Instrument(models.TextChoices):
    EQUITY = "equity", pgettext_lazy("instrument", "Equity")
    CONVERTIBLE = "convertible", pgettext_lazy("instrument", "Convertible note")
    SAFE = "safe", pgettext_lazy("instrument", "SAFE")
    LOAN = "loan", pgettext_lazy("instrument", "Loan")
    GRANT = "grant", pgettext_lazy("instrument", "Grant")


DILUTING = frozenset({Instrument.EQUITY, Instrument.CONVERTIBLE, Instrument.SAFE})


class Status(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("round", "Planned")
    TALKS = "talks", pgettext_lazy("round", "In talks")
    TERM_SHEET = "term_sheet", pgettext_lazy("round", "Term sheet signed")
    CONTRACT = "contract", pgettext_lazy("round", "Contract signed")
    CLOSED = "closed", pgettext_lazy("round", "Money received")


SIGNED = frozenset({Status.CONTRACT, Status.CLOSED})  # a term sheet binds nobody to pay


class Purpose(models.TextChoices):
    """What the money of a round is used for."""

    PEOPLE = "people", pgettext_lazy("use of funds", "People")
    TRAINING = "training", pgettext_lazy("use of funds", "Training of models and compute")
    DATA = "data", pgettext_lazy("use of funds", "Data")
    PRODUCT = "product", pgettext_lazy("use of funds", "Product and platform")
    MARKET = "market", pgettext_lazy("use of funds", "Marketing and sales")
    COMPLIANCE = "compliance", pgettext_lazy("use of funds", "Compliance and legal")
    GENERAL = "general", pgettext_lazy("use of funds", "Running the company")
    RESERVE = "reserve", pgettext_lazy("use of funds", "Reserve")


class HolderKind(models.TextChoices):
    FOUNDER = "founder", pgettext_lazy("holder", "Founder")
    TEAM = "team", pgettext_lazy("holder", "Team member")
    INVESTOR = "investor", pgettext_lazy("holder", "Investor")
    POOL = "pool", pgettext_lazy("holder", "Option pool")


class Case(models.TextChoices):
    BASE = "base", pgettext_lazy("scenario", "Base")
    LOW = "low", pgettext_lazy("scenario", "Low")
    HIGH = "high", pgettext_lazy("scenario", "High")
    OTHER = "other", pgettext_lazy("scenario", "Other")


def cost_label(group: str) -> str:
    """What a kind or category of cost is called."""
    return str({**dict(Category.choices), **dict(Kind.choices)}.get(group, group))
