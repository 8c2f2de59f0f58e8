"""What the answers of a run and of the serving sheet come to, and which runs make which model.

Mixed into models.py; ``models`` is for section.py and the checks.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.technology import rules
from apps.technology.choices import Mode, Purpose


def price_text(amount: Decimal | None, currency: str) -> str:
    """Prices of tokens differ in the third decimal: ¥1.736."""
    if amount is None:
        return money.UNKNOWN
    return f"{money.SYMBOLS.get(currency, currency + ' ')}{money.number(amount, 3)}"


class RunFigures:
    """Compute, time and cost of a training run, each unknown while one of its answers is."""

    plan: Any
    purpose: str
    parameters: Decimal | None
    tokens: Decimal | None
    gpus: int | None
    peak: Decimal | None
    mfu: Decimal | None
    overhead: Decimal | None
    price: Decimal | None
    start: date | None
    sources: list[Any]

    @property
    def parameters_text(self) -> str:
        return money.short_number(self.parameters)

    @property
    def tokens_text(self) -> str:
        return money.short_number(self.tokens)

    @property
    def flops(self) -> Decimal | None:
        return rules.training_flops(self.parameters, self.tokens)

    @property
    def flops_text(self) -> str:
        return rules.scientific(self.flops)

    @property
    def gpu_hours(self) -> Decimal | None:
        return rules.gpu_hours(self.flops, self.peak, self.mfu, self.overhead)

    @property
    def gpu_hours_text(self) -> str:
        return money.number(self.gpu_hours, 0)

    @property
    def cost(self) -> Decimal | None:
        return rules.product(self.gpu_hours, self.price)

    @property
    def cost_text(self) -> str:
        cost = self.cost
        return money.money(cost if cost is None else round(cost), self.plan.currency)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which nobody knows what the run costs, or in which months. Nothing is
        computed on GPUs that reach zero."""
        unknown = [
            name
            for name in ("parameters", "tokens", "price", "start")
            if getattr(self, name) is None
        ]
        return (*unknown, *(name for name in ("peak", "mfu") if not getattr(self, name)))

    @property
    def days(self) -> Decimal | None:
        return rules.days(self.gpu_hours, self.gpus)

    @property
    def days_text(self) -> str:
        return money.number(self.days, 1)

    @property
    def end(self) -> date | None:
        return rules.last_day(self.start, self.days)

    @property
    def epochs(self) -> Decimal | None:
        return rules.epochs(self.tokens, [source.size for source in self.sources])

    @property
    def optimal_tokens(self) -> Decimal | None:
        return rules.compute_optimal_tokens(self.parameters)

    @property
    def tokens_per_parameter(self) -> Decimal | None:
        return rules.ratio(self.tokens, self.parameters)

    @property
    def compute_hint(self) -> str:
        """How a pre-training run compares with the compute-optimal one; empty for other runs."""
        if self.purpose != Purpose.MAIN or not self.tokens_per_parameter:
            return ""
        return _(
            "About 20 tokens for each parameter (Hoffmann et al. 2022) would be %(tokens)s; this "
            "run sees %(ratio)s for each. More makes a small model better and cheaper to serve."
        ) % {
            "tokens": money.short_number(self.optimal_tokens),
            "ratio": money.number(self.tokens_per_parameter, 1),
        }


def models(content: Any) -> list[tuple[str, list[Any]]]:
    """(name, the runs that make it) for each model; ablations make none.

    Runs that name no model are taken to make one and the same.
    """
    found: dict[str, tuple[str, list[Any]]] = {}
    for run in content["run"]:
        if run.purpose != Purpose.ABLATION:
            name = run.model_name.strip()
            found.setdefault(name.casefold(), (name, []))[1].append(run)
    return list(found.values())


class ServingFigures:
    """What a million tokens cost, whether bought by the token or made on GPUs."""

    plan: Any
    mode: str
    input_price: Decimal | None
    output_price: Decimal | None
    input_share: Decimal | None
    throughput: Decimal | None
    utilisation: Decimal | None
    price: Decimal | None

    @property
    def bought(self) -> bool:
        """By the token; without a mode, whichever price was given."""
        return self.mode == Mode.API or (not self.mode and self.throughput is None)

    @property
    def cost_per_million(self) -> Decimal | None:
        if self.bought:
            return rules.blended_price(self.input_price, self.output_price, self.input_share)
        return rules.cost_per_million(self.price, self.throughput, self.utilisation)

    @property
    def cost_text(self) -> str:
        return price_text(self.cost_per_million, self.plan.currency)

    @property
    def monthly_tokens(self) -> Decimal | None:
        """What one GPU serves in a month of 730 hours."""
        if self.bought:
            return None
        an_hour = rules.tokens_an_hour(self.throughput, self.utilisation)
        return rules.product(an_hour, rules.HOURS_A_MONTH)

    @property
    def monthly_tokens_text(self) -> str:
        return money.short_number(self.monthly_tokens)
