"""What a founder writes about money: assumptions, streams, costs, rounds, holders, scenarios.

Used by this app only; other sections point at ``RowRef("funding.round")`` or
``RowRef("funding.stream")``.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from apps.core import money
from apps.funding import captable
from apps.funding.choices import (
    DILUTING,
    PRICE_UNITS,
    Case,
    Category,
    HolderKind,
    Instrument,
    Kind,
    Pricing,
    Purpose,
    Status,
)
from apps.funding.drivers import AS_PLANNED, FACTORS, Drivers
from apps.plans.fields import (
    Choice,
    ChoiceList,
    LongText,
    Money,
    Month,
    Percent,
    Quantity,
    Rate,
    RowRef,
    ShortText,
    WholeNumber,
    YesNo,
)
from apps.plans.models import RowRecord, SheetRecord


class Assumptions(SheetRecord):
    """What the whole model rests on."""

    opening_cash = Money(_("cash at the start of the plan"))
    receivable_months = WholeNumber(_("months until customers pay"))
    tax = Percent(_("tax on profit"))
    inference_price = Money(_("inference cost per million tokens"), decimal_places=4)
    strategy = LongText(_("funding strategy"), blank=True)
    fallback = LongText(_("if a round is late or fails"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("financial assumptions")
        constraints = [
            *SheetRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(receivable_months=None) | Q(receivable_months__lte=36),
                name="funding_assumptions_paid_within_plan",
                violation_error_message=_("Customers must pay within the 36 months of the plan."),
            ),
        ]


class Declared(SheetRecord):
    """Which costs that other sections declare are left out of the model, and why."""

    left_out = ChoiceList(_("kinds of cost left out"), options=Kind)
    reason = LongText(_("reason for leaving them out"), blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = _("costs from other sections")


class Stream(RowRecord):
    """A way in which customers pay."""

    name = ShortText(_("name of the revenue stream"))
    segment = RowRef(_("segment"), target="market.segment")
    pricing = Choice(_("revenue model"), choices=Pricing, blank=True)
    price = Money(_("price"))
    start = Month(_("first month of revenue"))
    milestone = RowRef(_("waits for the milestone"), target="projects.milestone")
    follows = RowRef(_("customers are those of"), target="funding.stream")
    attach = Percent(_("share of those customers who buy it"))
    customers = Quantity(_("customers at the start"))
    new = Quantity(_("new customers per month"))
    growth = Rate(_("growth of customers per month"))
    churn = Percent(_("customers lost per month"))
    tokens = Quantity(_("million tokens per customer and month"), decimal_places=3)
    variable = Percent(_("other variable cost"))
    note = LongText(_("why these figures"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("revenue stream")

    def __str__(self) -> str:
        return self.name

    @property
    def price_text(self) -> str:
        """The price and what it is paid for."""
        unit = PRICE_UNITS.get(self.pricing)
        price = money.money(self.price, self.plan.currency)
        return price if self.price is None or unit is None else f"{price} {unit}"

    @property
    def base(self) -> "Stream | None":
        """The stream whose customers these are, or None if they are its own."""
        return self.follows_ref.row if self.follows else None  # type: ignore[attr-defined]


class Cost(RowRecord):
    """A cost that no other section declares."""

    name = ShortText(_("name of the cost"))
    category = Choice(_("cost category"), choices=Category, blank=True)
    amount = Money(_("amount per month"))
    start = Month(_("first month of the cost"))
    end = Month(_("last month of the cost"))
    growth = Rate(_("rise per year"))
    capital = YesNo(_("capital expenditure"))
    note = LongText(_("what it is for"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = pgettext_lazy("funding", "cost")

    def __str__(self) -> str:
        return self.name


class Round(RowRecord):
    """Money from outside: sold shares, a loan, a grant."""

    name = ShortText(_("name of the round"))
    instrument = Choice(_("instrument"), choices=Instrument, blank=True)
    status = Choice(_("how far it is"), choices=Status, blank=True)
    month = Month(_("month of the money"))
    amount = Money(_("amount raised"))
    pre_money = Money(_("pre-money valuation"))
    pool = Percent(_("option pool after the round"))
    interest = Percent(_("interest per year"))
    term = WholeNumber(_("months until repaid"))
    investor = ShortText(_("who invests"), blank=True)
    terms = LongText(_("main terms"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("funding round")

    def __str__(self) -> str:
        return self.name

    @property
    def dilutes(self) -> bool:
        return self.instrument in DILUTING

    @property
    def post_money(self) -> Decimal | None:
        return captable.post_money(self.amount, self.pre_money) if self.dilutes else None

    @property
    def share_sold(self) -> Decimal | None:
        """In per cent."""
        return captable.share_sold(self.amount, self.pre_money) if self.dilutes else None

    @property
    def share_text(self) -> str:
        return money.percent(self.share_sold, 1)


class Use(RowRecord):
    """What part of a round is spent on what."""

    purpose = Choice(_("used for"), choices=Purpose)
    round = RowRef(_("round"), target="funding.round")
    share = Percent(_("share of the round"))
    detail = LongText(_("what it buys"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("use of funds")

    def __str__(self) -> str:
        return str(self.get_purpose_display())

    @property
    def amount(self) -> Decimal | None:
        source = self.round_ref.row  # type: ignore[attr-defined]
        if source is None or source.amount is None or self.share is None:
            return None
        return source.amount * self.share / 100

    @property
    def amount_text(self) -> str:
        return money.money(self.amount, self.plan.currency)


class Holder(RowRecord):
    """Somebody who holds shares before the first round of the plan."""

    name = ShortText(_("name of the holder"))
    kind = Choice(_("kind of holder"), choices=HolderKind, blank=True)
    shares = Quantity(_("shares held"), decimal_places=0)
    vesting = ShortText(_("vesting"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("shareholder")

    def __str__(self) -> str:
        return self.name

    @property
    def percent_text(self) -> str:
        """The holder's share before the rounds."""
        holders = self.contents.part("funding.holder") if self.contents else [self]
        total = sum((one.shares or Decimal(0) for one in holders), Decimal(0))
        share = None if self.shares is None or not total else self.shares / total * 100
        return money.percent(share, 1)


class Scenario(RowRecord):
    """Another course of things: each named driver times a factor. Empty is 1, unchanged."""

    name = ShortText(_("name of the scenario"))
    case = Choice(_("case"), choices=Case, blank=True)
    price = Quantity(pgettext_lazy("driver", "prices ×"), decimal_places=3)
    new_customers = Quantity(pgettext_lazy("driver", "new customers ×"), decimal_places=3)
    churn = Quantity(pgettext_lazy("driver", "churn ×"), decimal_places=3)
    api = Quantity(pgettext_lazy("driver", "API price ×"), decimal_places=3)
    compute = Quantity(pgettext_lazy("driver", "GPU cost ×"), decimal_places=3)
    payroll = Quantity(pgettext_lazy("driver", "payroll ×"), decimal_places=3)
    marketing = Quantity(pgettext_lazy("driver", "marketing and sales ×"), decimal_places=3)
    delay = WholeNumber(pgettext_lazy("driver", "months that new revenue is late"))
    story = LongText(_("what happens in it"), blank=True)

    class Meta(RowRecord.Meta):
        verbose_name = _("scenario")
        constraints = [
            *RowRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(delay=None) | Q(delay__lte=36),
                name="funding_scenario_delay_within_plan",
                violation_error_message=_("A delay is at most the 36 months of the plan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def drivers(self) -> Drivers:
        return Drivers.of(self)

    @property
    def changed(self) -> list[str]:
        """The names of the drivers that it sets to something else than planned."""
        own = {field.name for field in self._meta.concrete_fields}
        names = [name for name in (*FACTORS, "delay") if name in own]
        return [name for name in names if getattr(self.drivers, name) != getattr(AS_PLANNED, name)]

    def factor_text(self, name: str) -> str:
        """What it does to one driver, in words: "prices × 0.9"."""
        value = getattr(self, name)
        text = (
            ngettext("new revenue %(count)d month late", "new revenue %(count)d months late", value)
            % {"count": value}
            if name == "delay"
            else f"{self._meta.get_field(name).verbose_name} {money.number(value)}"
        )
        return text.replace(" ", "\u00a0")

    @property
    def factors(self) -> str:
        """All that it changes: "prices × 0.9 · churn × 1.5"."""
        texts = [self.factor_text(name) for name in self.changed]
        return "\u00a0· ".join(texts) or gettext("The plan as written.")
