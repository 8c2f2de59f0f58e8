"""The sample's 36 months, computed a second time in another way: exact fractions, one month after
another, straight from the document. Both must agree to the cent."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from apps.funding.assemble import assemble
from apps.funding.model import run
from apps.plans.contents import Contents, figure
from apps.plans.samples import document
from apps.plans.sections import registry

Row = dict[str, Any]
PRICED_BY = {
    "subscription": lambda there, won, million: there,
    "service": lambda there, won, million: there,
    "usage": lambda there, won, million: million,
    "licence": lambda there, won, million: won,
}


def number(text: Any) -> Fraction:
    return Fraction(str(text)) if text is not None else Fraction(0)


def to_cents(amount: Fraction) -> int:
    """Half up, away from zero."""
    doubled = abs(amount) * 200
    whole = (doubled.numerator // doubled.denominator + 1) // 2
    return whole if amount >= 0 else -whole


def month_of(text: str | None) -> int | None:
    """Months since January 2027."""
    return (int(text[:4]) - 2027) * 12 + int(text[5:7]) - 1 if text else None


class Ledger:
    """Walks through the months, carrying cash, customers and open invoices along."""

    def __init__(self, contents: Contents, rows: dict[str, Any]) -> None:
        self.rows = rows
        self.streams = {row["uid"]: row for row in rows["stream"]}
        self.declared = [
            (cost.kind, cost.amounts)
            for section in registry
            if section.name != "funding"
            for cost in section.monthly_costs(contents.section(section.name))
        ]
        price = figure(contents, "technology", "cost_per_million_tokens")
        self.token_price = Fraction(price)
        self.cash = to_cents(number(rows["assumptions"]["opening_cash"]))
        self.open_invoices = [0] * (rows["assumptions"]["receivable_months"] or 0)
        self.there: dict[str, Fraction] = {}
        self.profit_so_far = self.profit_taxed = 0
        self.months: list[Row] = []

    def customers(self, row: Row, month: int) -> tuple[Fraction, Fraction]:
        """(at the end of the month, won in it) of a stream of its own customers from its start."""
        uid, start = row["uid"], month_of(row["start"]) or 0
        if month < start:
            return Fraction(0), Fraction(0)
        before = self.there.get(uid, number(row["customers"]))
        won = number(row["new"]) + before * number(row["growth"]) / 100
        self.there[uid] = before * (1 - number(row["churn"]) / 100) + won
        return self.there[uid], won

    def close_month(self, month: int) -> None:
        own = {
            uid: self.customers(row, month)
            for uid, row in self.streams.items()
            if not row["follows"]
        }
        revenue, million, other_variable = {}, Fraction(0), 0
        for uid, row in self.streams.items():
            there, won = own[row["follows"] or uid]
            if row["follows"]:
                part = number(100 if row["attach"] is None else row["attach"]) / 100
                begun = month >= (month_of(row["start"]) or 0)
                there, won = (there * part, won * part) if begun else (Fraction(0), Fraction(0))
            tokens = there * number(row["tokens"])
            million += tokens
            sold = PRICED_BY[row["pricing"]](there, won, tokens)
            revenue[uid] = to_cents(sold * number(row["price"]))
            variable = Fraction(revenue[uid], 100) * number(row["variable"]) / 100
            other_variable += to_cents(variable)
        inference = to_cents(million * self.token_price)
        lines = self.cost_lines(month)
        costs = inference + other_variable
        costs += sum(to_cents(amount) for (_group, lasting), amount in lines.items() if not lasting)
        lasting = sum(to_cents(amount) for (_group, last), amount in lines.items() if last)
        sales = sum(revenue.values())
        tax = self.tax(sales - costs)
        raised = sum(
            to_cents(number(row["amount"]))
            for row in self.rows["round"]
            if month_of(row["month"]) == month
        )
        self.open_invoices.append(sales)
        received = self.open_invoices.pop(0)
        self.cash += received + raised - costs - lasting - tax
        self.months.append(
            {"revenue": revenue, "ebitda": sales - costs, "received": received, "cash": self.cash,
             "inference": inference, "burn": costs + lasting + tax - received}
        )  # fmt: skip

    def cost_lines(self, month: int) -> dict[tuple[str, bool], Fraction]:
        """By (kind or category, whether it lasts)."""
        lines: dict[tuple[str, bool], Fraction] = {}
        for kind, amounts in self.declared:
            lines[kind, False] = lines.get((kind, False), Fraction(0)) + Fraction(amounts[month])
        for row in self.rows["cost"]:
            start = month_of(row["start"]) or 0
            end = month_of(row["end"]) if row["end"] else 35
            if not start <= month <= end:
                continue
            amount = number(row["amount"])
            for _anniversary in range(start + 12, month + 1, 12):
                amount *= 1 + number(row["growth"]) / 100
            key = (row["category"], bool(row["capital"]))
            lines[key] = lines.get(key, Fraction(0)) + amount
        return lines

    def tax(self, profit: int) -> int:
        self.profit_so_far += profit
        base = max(0, self.profit_so_far - self.profit_taxed)
        self.profit_taxed += base
        return to_cents(Fraction(base, 100) * number(self.rows["assumptions"]["tax"]) / 100)


def test_the_sample_recomputed_agrees_to_the_cent(english: Contents) -> None:
    ledger = Ledger(english, document("customer_service", "en")["sections"]["funding"])
    for month in range(36):
        ledger.close_month(month)
    result = run(assemble(english).inputs)

    def in_cents(amounts: Any) -> list[int]:
        return [int(amount * 100) for amount in amounts]

    assert len(ledger.streams) == len(result.revenue) == 5
    for uid in ledger.streams:
        expected = [month["revenue"][uid] for month in ledger.months]
        assert in_cents(result.revenue[uid]) == expected, uid
    for name, found in (
        ("inference", result.inference),
        ("ebitda", result.ebitda),
        ("received", result.receipts),
        ("burn", result.net_burn),
        ("cash", result.closing),
    ):
        assert in_cents(found) == [month[name] for month in ledger.months], name
    assert sum(in_cents(result.sales)) > 2_000_000_000  # it is the full sample, not an empty plan


def test_the_second_computation_also_agrees_once_tax_is_due(english: Contents) -> None:
    """The sample itself never earns enough: without its costs tax and profit come in."""
    rows = document("customer_service", "en")["sections"]["funding"]
    rows["cost"] = []
    english.part("funding.cost").clear()
    inputs = assemble(english).inputs
    keep = tuple(cost for cost in inputs.costs if cost.group in {"runs", "data"})
    ledger = Ledger(english, rows)
    ledger.declared = [
        (kind, months) for kind, months in ledger.declared if kind in {"runs", "data"}
    ]
    for month in range(36):
        ledger.close_month(month)
    result = run(replace(inputs, costs=keep))
    assert [int(cash * 100) for cash in result.closing] == [m["cash"] for m in ledger.months]
    assert sum(result.tax) > 1_000_000
