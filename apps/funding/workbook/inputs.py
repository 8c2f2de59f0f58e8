"""The sheet "Inputs": every driver as written, and as the chosen scenario makes it. What a line of
cost or a round needs stands with it on its own sheet."""

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.choices import PRICE_UNITS
from apps.funding.inputs import ONE, ZERO, StreamInput
from apps.funding.model import MOST_CUSTOMERS
from apps.funding.workbook.draft import Draft, head_form, plus, share
from apps.plans.checks import Place
from apps.plans.evidence import sentence
from apps.plans.workbook import Formula, Sheet, address

PLANNED, FORCE, UNIT, FROM, NOTE = 1, 2, 3, 4, 5
PICKED = 3  # the row of the scenario


def inputs(draft: Draft) -> Sheet:
    sheet = draft.sheet(
        pgettext("workbook", "Inputs"),
        _("Blue cells may be changed; everything else follows. Choose the scenario first."),
        [40, 20, 16, 26, 28, 56],
    )
    heads = [
        pgettext("workbook", "Driver"),
        pgettext("workbook", "As planned"),
        pgettext("workbook", "In force"),
        pgettext("workbook", "Unit"),
        pgettext("workbook", "From"),
        pgettext("workbook", "Basis"),
    ]
    for column, text in enumerate(heads):
        sheet.put(2, column, text, head_form(column, (PLANNED, FORCE)))
    sheet.head_rows, sheet.head_columns = 3, 1
    sheet.put(PICKED, 0, pgettext("workbook", "Scenario"), strong=True)
    sheet.put(PICKED, PLANNED, draft.chosen, input=True, strong=True)
    draft.book.names["scenario"] = sheet.at(PICKED, PLANNED)
    sheet.put(PICKED, UNIT, _("choose from the list"), "note")
    sheet.put(PICKED, FROM, draft.own("scenario"), "note")
    _general(draft, sheet)
    for source in {one.source or one.key: one for one in draft.result.inputs.streams}.values():
        _base(draft, sheet, source)
    for stream in draft.result.inputs.streams:
        _stream(draft, sheet, stream)
    _known(draft, sheet)
    return sheet


def _known(draft: Draft, sheet: Sheet) -> None:
    """Whether what the statements hang on is given."""
    draft.heading(sheet, _("What is known (1 = yes)"))
    given = draft.result.inputs
    _add(draft, sheet, "lacking", _("Streams that lack a figure and are not in this workbook"),
         len(given.lacking), "whole", name="streams_lacking")  # fmt: skip
    tokens = plus([draft.inputs["tokens", one.key] for one in given.streams])
    empty = plus([f'({draft.planned["tokens", one.key]}="")' for one in given.streams])
    unpriced = plus([f'({draft.planned["price", one.key]}="")' for one in given.streams])
    price = draft.planned["inference_price"]
    free, priced = f'AND({price}<>"",{price}=0)', f'OR({price}<>"",{tokens}=0)'
    for name, label, text in (
        ("revenue_known", _("What every stream earns"),
         f"=IF(AND(streams_lacking=0,{unpriced}=0),1,0)"),
        ("inference_known", _("Tokens of every customer and what they cost"),
         f"=IF(OR({free},AND({empty}=0,{priced})),1,0)"),
        ("costs_known", _("Costs of all other sections"), ""),
        ("acquisition_known", _("What winning customers costs"), ""),
        ("margin_known", _("Revenue, and the cost of inference"),
         "=IF(AND(revenue_known=1,inference_known=1),1,0)"),
        ("profit_known", _("Revenue and all costs"),
         "=IF(AND(margin_known=1,costs_known=1),1,0)"),
        ("cash_known", _("Cash at the start, revenue and all costs"),
         '=IF(AND(opening_cash<>"",profit_known=1),1,0)'),
    ):  # fmt: skip
        row = sheet.next_row
        sheet.put(row, 0, label)
        known = int(draft.is_known(name))
        sheet.put(row, FORCE, Formula(text, known) if text else known, "whole")
        draft.book.names[name] = sheet.at(row, FORCE)


def _add(
    draft: Draft,
    sheet: Sheet,
    key: Hashable,
    label: str,
    value: Any,
    form: str,
    force: str = "",
    in_force: Any = None,
    *,
    unit: str = "",
    place: Place | None = None,
    basis: str = "",
    name: str = "",
    unknown: str = "",
) -> None:
    """A driver. ``force``: the formula of what is in force, with {b} for the cell as planned; by
    default just that cell. ``unknown``: what the model does while the cell is empty."""
    row = sheet.next_row
    planned = address(row, PLANNED)
    note = unknown if value is None else ""
    sheet.put(row, 0, label)
    sheet.put(row, PLANNED, value, form, input=True, note=note)
    text = force.format(b=planned) if force else f'=IF({planned}="","",{planned})'
    now = in_force if force else ("" if value is None else value)
    sheet.put(row, FORCE, Formula(text, now), form)
    for column, words in ((UNIT, unit), (FROM, draft.source(place)), (NOTE, note or basis)):
        if words:
            sheet.put(row, column, words, "words" if column == NOTE else "note")
    draft.planned[key], draft.inputs[key] = sheet.at(row, PLANNED), sheet.at(row, FORCE)
    if name:
        draft.book.names[name] = draft.inputs[key]


def _general(draft: Draft, sheet: Sheet) -> None:
    given, plan = draft.result.inputs, draft.outlook.contents.plan
    written = draft.outlook.contents.part("funding.assumptions")
    place = Place("funding", "assumptions")
    draft.heading(sheet, pgettext("workbook", "General"))
    _add(draft, sheet, "plan_start", _("First month of the plan"), plan.start_month, "month",
         name="plan_start")  # fmt: skip
    _add(draft, sheet, "opening_cash", _("Cash at the start of the plan"), given.opening, "money",
         unit=plan.currency, place=place, basis=_basis(written, "opening_cash"),
         name="opening_cash",
         unknown=_("Unknown: the cash flow stays empty until it is given."))  # fmt: skip
    _add(draft, sheet, "wait", _("Months until customers pay"), written.receivable_months, "whole",
         '=IF({b}="",0,{b})', written.receivable_months or 0, unit=pgettext("workbook", "months"),
         place=place, name="months_until_paid",
         unknown=_("Not given: customers are taken to pay in the same month."))  # fmt: skip
    _add(draft, sheet, "tax", _("Tax on profit"), share(written.tax), "percent",
         '=IF({b}="",0,{b})', given.tax, unit=_("of profit after losses are used up"), place=place,
         basis=_basis(written, "tax"), name="tax_rate",
         unknown=_("Not given: no tax is counted."))  # fmt: skip
    _inference(draft, sheet, written)
    _add(draft, sheet, "most_customers", _("Most customers of a stream"), MOST_CUSTOMERS, "whole",
         unit=_("growth stops there"), name="most_customers")  # fmt: skip


def _inference(draft: Draft, sheet: Sheet, written: Any) -> None:
    given, drivers = draft.result.inputs, draft.result.drivers
    place = draft.outlook.assembly.inference_place
    price = given.inference_price
    factor = given.api_share * drivers.api + (ONE - given.api_share) * drivers.compute
    hidden = "technology" in draft.outlook.contents.hidden
    _add(draft, sheet, "api_share", _("Share of inference bought by the token"),
         None if hidden else given.api_share, "percent", '=IF({b}="",0,{b})', given.api_share,
         unit=_("the rest runs on GPUs"), place=Place("technology", "serving"), name="api_share",
         unknown=given.withheld.costs)  # fmt: skip
    _add(draft, sheet, "inference_price", _("Inference cost per million tokens"), price, "price",
         '=IF({b}="","",{b}*(api_share*factor_api+(1-api_share)*factor_compute))',
         "" if price is None else price * factor, unit=draft.currency, place=place,
         basis=_basis(written, "inference_price"), name="inference_price",
         unknown=given.withheld.inference
         or _("Unknown: margin and cash stay empty until it is given."))  # fmt: skip


def _basis(record: Any, field: str) -> str:
    return sentence((record.evidence or {}).get(field, {}))


# --- Streams -------------------------------------------------------------------------------------
START = "=IF({b}<=plan_start,plan_start,DATE(YEAR({b}),MONTH({b})+delay,1))"


def _start(draft: Draft, month: int) -> Any:
    """The month as the scenario's delay moves it."""
    return draft.day(month + (draft.result.drivers.delay if month > 0 else 0))


def _base(draft: Draft, sheet: Sheet, stream: StreamInput) -> None:
    """The customers whom one stream wins, and whom others may sell to as well."""
    key, drivers = stream.source or stream.key, draft.result.drivers
    row = draft.outlook.contents.find("funding.stream", key)
    draft.heading(sheet, _("Customers of “%(stream)s”") % {"stream": row})
    place = Place("funding", "stream")
    growth = max(ZERO, stream.growth) * drivers.new_customers
    lost = stream.churn * drivers.churn + drivers.churn_points / 100
    _add(draft, sheet, ("start", key), _("First month"), row.start, "month", START,
         _start(draft, stream.start), place=place,
         unknown=_("Not given: from the plan's first month on."))  # fmt: skip
    _add(draft, sheet, ("customers", key), _("Customers at the start"), row.customers, "number",
         '=IF({b}="",0,MIN({b},most_customers))', min(stream.customers, MOST_CUSTOMERS),
         place=place, basis=_basis(row, "customers"),
         unknown=_("Not given: nobody is there at the start."))  # fmt: skip
    _add(draft, sheet, ("new", key), _("New customers per month"), row.new, "number",
         '=IF({b}="",0,{b}*factor_new_customers)', stream.new * drivers.new_customers,
         place=place, basis=_basis(row, "new"),
         unknown=_("Not given: none but by growth."))  # fmt: skip
    _add(draft, sheet, ("growth", key), _("Growth of customers per month"), share(row.growth),
         "percent", '=IF({b}="",0,MAX(0,{b})*factor_new_customers)', growth, place=place,
         unit=_("shrinking counts as churn"), basis=_basis(row, "growth"),
         unknown=_("Not given: no growth is counted."))  # fmt: skip
    shrinking = f"MAX(0,-{address(sheet.next_row - 1, PLANNED)})"
    churn = '=MIN(1,IF({b}="",0,{b})*factor_churn+churn_points/100+' + shrinking + ")"
    _add(draft, sheet, ("churn", key), _("Customers lost per month"), share(row.churn), "percent",
         churn, min(ONE, lost + max(ZERO, -stream.growth)), place=place,
         basis=_basis(row, "churn"), unknown=_("Not given: no customer is ever lost."))  # fmt: skip


def _stream(draft: Draft, sheet: Sheet, stream: StreamInput) -> None:
    row, drivers = draft.outlook.contents.find("funding.stream", stream.key), draft.result.drivers
    place, key = Place("funding", "stream"), stream.key
    draft.heading(sheet, _("Sold: “%(stream)s”") % {"stream": row})
    _add(draft, sheet, ("price", key), pgettext("workbook", "Price"), stream.price, "price",
         "={b}*factor_price", stream.price * drivers.price,
         unit=f"{draft.currency} {PRICE_UNITS[row.pricing]}", place=place,
         basis=_basis(row, "price"))  # fmt: skip
    _add(draft, sheet, ("sold", key), _("First month of revenue"), row.start, "month", START,
         _start(draft, stream.sold), place=place,
         unknown=_("Not given: from the plan's first month on."))  # fmt: skip
    attach = share(row.attach) if row.follows else ONE
    _add(draft, sheet, ("attach", key), _("Share of the customers who buy it"), attach, "percent",
         '=IF({b}="",1,{b})', stream.attach, place=place, basis=_basis(row, "attach"),
         unknown=_("Not given: all of them buy it."))  # fmt: skip
    _add(draft, sheet, ("tokens", key), _("Tokens per customer and month"), row.tokens, "number",
         '=IF({b}="",0,{b})', stream.tokens, unit=pgettext("workbook", "million"), place=place,
         basis=_basis(row, "tokens"),
         unknown=_("Unknown: margin and cash stay empty until it is given; 0 where no "
                                             "model is used."))  # fmt: skip
    _add(draft, sheet, ("variable", key), _("Other variable cost"), share(row.variable), "percent",
         '=IF({b}="",0,{b})', stream.variable, unit=_("of its revenue"), place=place,
         basis=_basis(row, "variable"), unknown=_("Not given: none is counted."))  # fmt: skip
