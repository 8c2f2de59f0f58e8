"""The financial model as a workbook whose formulas recalculate to the cent. Pure.

``workbook(content)`` is the section's declaration. Every formula carries the value that the model
found, and comes to the same one: rounded where the model rounds (model.py), and under any scenario
that is chosen on its sheet of inputs.
"""

from collections.abc import Collection

from apps.funding.drivers import AS_PLANNED
from apps.funding.outlook import Outlook
from apps.funding.workbook.captable import captable
from apps.funding.workbook.costs import costs
from apps.funding.workbook.draft import Draft
from apps.funding.workbook.inputs import PICKED, PLANNED, inputs
from apps.funding.workbook.metrics import metrics
from apps.funding.workbook.revenue import revenue
from apps.funding.workbook.rounds import rounds
from apps.funding.workbook.scenarios import compared, labelled, scenarios
from apps.funding.workbook.statements import cash, income
from apps.plans.contents import Content
from apps.plans.workbook import Workbook


def workbook(content: Content, told: Collection[str]) -> Workbook:
    """The plan as written. Costs of sections that are not ``told`` stand in sums alone."""
    outlook = Outlook(content.contents)
    planned = next(label for label, one in labelled(outlook) if one.result.drivers == AS_PLANNED)
    return described(outlook, planned, told)


def described(outlook: Outlook, chosen: str, told: Collection[str]) -> Workbook:
    """The workbook with the scenario of this label in force."""
    cases = dict(labelled(outlook))
    draft = Draft(outlook, cases[chosen].result, chosen, frozenset(told))
    first = inputs(draft)
    factors = scenarios(draft)
    first.choices[PICKED, PLANNED] = factors.span(3, 2, 1 + len(cases))
    for sheet in (revenue, costs, rounds, income, cash, metrics, captable):
        sheet(draft)
    compared(draft, factors)
    draft.book.notes = outlook.assembly.notes
    return draft.book
