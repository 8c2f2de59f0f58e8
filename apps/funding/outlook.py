"""Everything the plan's money says, computed once: the model and its readings. Pure.

Used by overview.py for the page, by checks.py and by the figures that other sections read.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core import money
from apps.funding import captable, exposure, montecarlo, sensitivity
from apps.funding.assemble import SECTION, Assembly, assemble, month_index
from apps.funding.choices import HolderKind
from apps.funding.drivers import AS_PLANNED, Drivers
from apps.funding.inputs import MONTHS
from apps.funding.model import run
from apps.funding.result import Result
from apps.funding.sensitivity import Move, Outcome
from apps.plans.checks import Place
from apps.plans.contents import Contents
from apps.plans.sections import registry


@dataclass(frozen=True)
class Outlook:
    contents: Contents

    @cached_property
    def assembly(self) -> Assembly:
        return assemble(self.contents)

    @cached_property
    def base(self) -> Result:
        """The plan as written."""
        return run(self.assembly.inputs)

    @cached_property
    def signed(self) -> Result:
        """The plan as written, but with nothing but the rounds that are signed."""
        return run(self.assembly.inputs.signed)

    @property
    def unsigned(self) -> bool:
        """Whether a round is planned that is not signed."""
        return any(not one.firm for one in self.assembly.inputs.rounds)

    def signed_under(self, drivers: Drivers) -> Result:
        """The signed money alone, under other drivers."""
        return run(self.assembly.inputs.signed, drivers)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compute with yet."""
        inputs = self.assembly.inputs
        unknown = self.assembly.unknown or inputs.lacking
        counted = inputs.streams or inputs.costs or inputs.rounds or inputs.opening
        return not (counted or unknown)

    @property
    def revenue_known(self) -> bool:
        """Whether there are streams and each says what it earns: otherwise no question about
        revenue has an answer."""
        return bool(self.assembly.inputs.streams) and self.assembly.inputs.revenue_known

    @property
    def missing_place(self) -> Place:
        """Where the input stands that margin and cash wait for (metrics.missing_input)."""
        inputs = self.assembly.inputs
        for lack in (*inputs.to_fill_in, *(() if inputs.inference_known else inputs.unmetered)):
            return Place(SECTION, "stream", lack.key, lack.fields[0])
        if inputs.withheld.inference or inputs.withheld.costs:
            return Place(SECTION, "assumptions")
        return self.assembly.inference_place

    # --- Under other drivers -----------------------------------------------------------------
    @cached_property
    def named_drivers(self) -> list[tuple[str, Drivers]]:
        return [(str(row), row.drivers) for row in self.contents.part("funding.scenario")]

    @cached_property
    def scenarios(self) -> list[Outcome]:
        """The scenarios; the plan as written first if none of them is just that."""
        if any(drivers == AS_PLANNED for _name, drivers in self.named_drivers):
            return self.written_scenarios
        return [Outcome(_("As written"), self.base), *self.written_scenarios]

    @cached_property
    def written_scenarios(self) -> list[Outcome]:
        """One for each row of the plan, in its order."""
        return sensitivity.scenarios(self.assembly.inputs, self.named_drivers)

    @cached_property
    def stresses(self) -> list[Outcome]:
        return sensitivity.stresses(self.assembly.inputs, self.spared)

    @cached_property
    def spared(self) -> dict[str, str]:
        """The stress cases that do not apply, with the reason."""
        return exposure.spared(self.contents, self.assembly.inputs)

    @cached_property
    def tornado(self) -> list[Move]:
        return sensitivity.tornado(self.assembly.inputs)

    @cached_property
    def chances(self) -> tuple[montecarlo.Spread, montecarlo.Spread] | None:
        """(all rounds, signed ones only)"""
        if self.empty:
            return None
        ranges, delay = montecarlo.driver_ranges([drivers for _name, drivers in self.named_drivers])
        return montecarlo.simulate(self.assembly.inputs, ranges, delay, self.risks)

    @cached_property
    def risks(self) -> list[montecarlo.RiskInput]:
        """The open threats of the register that have a probability and a range of loss."""
        if not registry.has("risks.risk") or "risks" in self.contents.hidden:
            return []
        start = self.contents.plan.start_month
        return [
            montecarlo.RiskInput(
                risk.exposure.probability,
                risk.exposure.mu,
                risk.exposure.sigma,
                month_index(start, risk.proximity) or 0,
            )
            for risk in self.contents.part("risks.risk")
            if risk.live and not risk.opportunity and risk.exposure
        ]

    # --- Shares, people ----------------------------------------------------------------------
    @cached_property
    def ownership(self) -> captable.Ownership | None:
        owners = [
            captable.Owner(row.name, row.shares or Decimal(0), row.kind == HolderKind.POOL)
            for row in self.contents.part("funding.holder")
        ]
        issues = [
            captable.Issue(row.name, row.share_sold, row.pool)
            for row in self.rounds
            if row.share_sold is not None
        ]
        return captable.ownership(owners, issues, pgettext("cap table", "Today"), _("Option pool"))

    @cached_property
    def rounds(self) -> list[Any]:
        """By month; those without one last."""
        return sorted(self.contents.part("funding.round"), key=lambda row: row.month or date.max)

    @cached_property
    def heads(self) -> list[int] | None:
        """How many roles of the team there are in each month; None if the team is not known."""
        if not registry.has("team.role") or "team" in self.contents.hidden:
            return None
        start, heads = self.contents.plan.start_month, [0] * MONTHS
        for role in self.contents.part("team.role"):
            first, last = month_index(start, role.start), month_index(start, role.end)
            if first is None:
                continue
            for month in range(max(0, first), MONTHS if last is None else min(MONTHS, last + 1)):
                heads[month] += 1
        return heads if any(heads) else None

    # --- Months ------------------------------------------------------------------------------
    def day(self, month: int) -> date:
        count = self.contents.plan.start_month.month - 1 + month
        year = self.contents.plan.start_month.year + count // 12
        return date(min(year, date.max.year), count % 12 + 1, 1)

    def month(self, month: int | None) -> str:
        """The calendar month; "not within the plan" for None."""
        return _("not within 36 months") if month is None else money.month(self.day(month))

    def cash_end(self, result: Result) -> str:
        """When the cash is gone, in words."""
        if not result.cash_known:
            return money.UNKNOWN
        if any(result.spent):
            return self.month(result.cash_out)
        return money.UNKNOWN if self.assembly.unknown else _("no cost yet")

    @cached_property
    def month_names(self) -> list[str]:
        """2027-01, 2027-02, …"""
        days = [self.day(month) for month in range(MONTHS)]
        return [f"{day.year}-{day.month:02d}" for day in days]
