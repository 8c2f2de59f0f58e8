"""A plan that meets every corner of the model: rates of -100 %, dates outside the plan, loans of no
term, a round that cannot be, names that a spreadsheet would read as something else."""

from typing import Any

from apps.plans.document import FORMAT
from apps.plans.sections import registry

STREAMS = [
    {"uid": "a", "name": "A*", "pricing": "subscription", "price": "19.99", "customers": "1000.5",
     "new": "7.3", "growth": "-3.3", "churn": "1.7", "tokens": "0.333", "variable": "3.33",
     "start": "2026-01-01"},
    {"uid": "b", "name": "=B", "pricing": "usage", "price": "0.07", "tokens": "3.3",
     "customers": "5", "growth": "900", "start": "2027-06-01"},  # reaches the most customers
    {"uid": "c", "name": "C", "pricing": "licence", "price": "99.95", "follows": "a", "tokens": "0",
     "attach": "12.5", "start": "2027-09-01"},
    {"uid": "d", "name": "D", "pricing": "service", "price": "10", "follows": "b",
     "tokens": "0"},
]  # fmt: skip
LACKING = {"uid": "e", "name": "E", "pricing": "", "price": "10"}
COSTS = [
    {"uid": "1", "name": "falls", "category": "general", "amount": "1000.05", "growth": "-100"},
    {"uid": "2", "name": "rises", "category": "hosting", "amount": "33.335", "growth": "7.77",
     "start": "2026-05-01", "end": "2029-01-01"},
    {"uid": "3", "name": "over", "category": "sales", "amount": "500", "start": "2027-08-01",
     "end": "2027-05-01"},
    {"uid": "4", "name": "unknown", "category": "compute"},
    {"uid": "5", "name": "bought", "category": "compute", "amount": "12.345", "capital": True,
     "growth": "15"},
]  # fmt: skip
ROUNDS = [
    {"uid": "l", "name": "Loan", "instrument": "loan", "amount": "100000.55", "interest": "7.77",
     "month": "2027-05-01", "term": 11, "status": "contract"},
    {"uid": "m", "name": "Kept", "instrument": "loan", "amount": "5000", "month": "2028-05-01",
     "interest": "3"},
    {"uid": "z", "name": "At once", "instrument": "loan", "amount": "777", "month": "2028-05-01",
     "term": 0},
    {"uid": "p", "name": "Past", "instrument": "loan", "amount": "5000", "month": "2026-05-01",
     "interest": "3", "term": 20},
    {"uid": "f", "name": "Future", "instrument": "equity", "amount": "5000", "month": "2035-05-01",
     "pre_money": "1000"},
    {"uid": "s", "name": "Seed", "instrument": "convertible", "amount": "50000", "pool": "15",
     "month": "2027-09-01", "pre_money": "1000000", "interest": "5", "term": 12},
    {"uid": "i", "name": "Impossible", "instrument": "equity", "amount": "50000", "pool": "99",
     "month": "2027-12-01", "pre_money": "1"},
    {"uid": "u", "name": "Unknown", "instrument": "grant", "month": "2027-12-01"},
]  # fmt: skip
FUNDING = {
    "assumptions": {"opening_cash": "100.01", "receivable_months": 3, "tax": "25",
                    "inference_price": "0.3333"},
    "stream": STREAMS,
    "cost": COSTS,
    "round": ROUNDS,
    "holder": [{"uid": "h", "name": "F", "kind": "founder", "shares": "700"},
               {"uid": "j", "name": "G", "kind": "founder", "shares": "300"}],
    "scenario": [{"uid": "x", "name": "*", "price": "0.777", "churn": "3", "delay": 5},
                 {"uid": "y", "name": "A~?", "new_customers": "0", "payroll": "1.111",
                  "marketing": "0.333"}],
}  # fmt: skip


def awkward() -> dict[str, Any]:
    """The document of the plan."""
    plan = {"title": "=1+1 & co", "currency": "EUR", "start_month": "2027-03-01", "stage": "seed"}
    sections = {section.name: {} for section in registry} | {"funding": FUNDING}
    return {"format": FORMAT, "plan": plan, "sections": sections}
