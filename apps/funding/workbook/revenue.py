"""The sheet "Revenue": customers as they come and go, and what each stream earns of them."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.funding.inputs import MONTHS, ONE, Inputs, Months, StreamInput, total
from apps.funding.model import run
from apps.funding.result import Customers
from apps.funding.workbook.draft import Draft, head, plus
from apps.plans.workbook import Sheet

KNOWN = "revenue_known"  # sums over all streams hang on it
FOUND = ("won", "lost", "end")


def revenue(draft: Draft) -> Sheet:
    sheet = draft.month_sheet(
        pgettext("workbook", "Revenue"),
        _("Customers are expected values; every amount is rounded to the cent in its month."),
    )
    streams = draft.result.inputs.streams
    for key, stream in {one.source or one.key: one for one in streams}.items():
        _customers(draft, sheet, key, stream)
    for stream in streams:
        _stream(draft, sheet, stream)
    _totals(draft, sheet)
    return sheet


def _counted(draft: Draft, stream: StreamInput) -> Customers:
    """All customers of the stream that has its own, whoever sells to them."""
    key = stream.source or stream.key
    own = replace(stream, key=key, source=key, sold=stream.start, attach=ONE)
    return run(Inputs(streams=(own,)), draft.result.drivers).customers[key]


def _customers(draft: Draft, sheet: Sheet, key: str, stream: StreamInput) -> None:
    row = draft.outlook.contents.find("funding.stream", key)
    draft.heading(sheet, _("Customers of “%(stream)s”") % {"stream": row})
    found, given, source = _counted(draft, stream), draft.inputs, draft.own("stream")
    before = [
        end - won + lost for end, won, lost in zip(found.end, found.won, found.lost, strict=True)
    ]
    start = given["start", key]

    def prior(month: int) -> str:
        initial = given["customers", key]
        if not month:
            return f"=IF({head(month)}<{start},0,{initial})"
        earlier = draft.at(("end", key), month - 1)
        return f"=IF({head(month)}<{start},0,IF({head(month)}={start},{initial},{earlier}))"

    def lost(month: int) -> str:
        return f"={draft.at(('before', key), month)}*{given['churn', key]}"

    def won(month: int) -> str:
        there, gone = draft.at(("before", key), month), draft.at(("lost", key), month)
        gained = f"{given['new', key]}+{there}*{given['growth', key]}"
        return f"=IF({head(month)}<{start},0,MIN({gained},most_customers-{there}+{gone}))"

    def end(month: int) -> str:
        there, gone, new = (draft.at((name, key), month) for name in ("before", "lost", "won"))
        return f"={there}-{gone}+{new}"

    # The first line reads the last one, of the month before.
    draft.lines["end", key] = sheet, sheet.next_row + 3
    for name, label, formula, values, over in (
        ("before", _("When the month begins"), prior, before, "first"),
        ("lost", pgettext("workbook", "Lost"), lost, found.lost, "sum"),
        ("won", pgettext("workbook", "Won"), won, found.won, "sum"),
        ("end", _("At the end of the month"), end, found.end, "last"),
    ):
        draft.line(sheet, (name, key), label, formula, values, source=source, form="number",
                   over=over)  # fmt: skip


def _stream(draft: Draft, sheet: Sheet, stream: StreamInput) -> None:
    key, base = stream.key, stream.source or stream.key
    given, found = draft.inputs, draft.result.customers[stream.key]
    row = draft.outlook.contents.find("funding.stream", key)
    draft.heading(sheet, _("Sold: “%(stream)s”") % {"stream": row})

    def of_base(name: str):
        share, sold = given["attach", key], given["sold", key]
        return lambda m: f"=IF({head(m)}<{sold},0,{draft.at((name, base), m)}*{share})"

    draft.line(sheet, ("buyers", key), _("Customers who buy it"), of_base("end"), found.end,
               form="number", over="last")  # fmt: skip
    draft.line(sheet, ("tokens", key), _("Million tokens"),
               lambda m: f"={draft.at(('buyers', key), m)}*{given['tokens', key]}", found.tokens,
               form="number")  # fmt: skip
    if stream.per == "new":
        draft.line(sheet, ("buying", key), _("New customers who buy it"), of_base("won"),
                   found.won, form="number")  # fmt: skip
    amount = {"month": "buyers", "token": "tokens", "new": "buying"}[stream.per]
    draft.line(sheet, ("revenue", key), _("Revenue"),
               lambda m: f"=ROUND({draft.at((amount, key), m)}*{given['price', key]},2)",
               draft.result.revenue[key], source=draft.own("stream"), strong=True)  # fmt: skip
    draft.line(sheet, ("variable", key), _("Other variable cost"),
               lambda m: f"=ROUND({draft.at(('revenue', key), m)}*{given['variable', key]},2)",
               _variable(draft, stream))  # fmt: skip


def _variable(draft: Draft, stream: StreamInput) -> Months:
    alone = run(draft.result.inputs.but(streams=(stream,)), draft.result.drivers)
    return alone.variable


def _totals(draft: Draft, sheet: Sheet) -> None:
    """What the statements and the metrics read."""
    result, streams = draft.result, draft.result.inputs.streams
    draft.heading(sheet, _("All streams"))

    def summed(name: str, keys: list[str]):
        return lambda month: "=" + plus([draft.at((name, key), month) for key in keys])

    every = [one.key for one in streams]
    recurring = [one.key for one in streams if one.recurring]
    counted = [one.key for one in streams if one.counted]
    tokens = total(result.customers[key].tokens for key in every)
    draft.line(sheet, "sales", _("Revenue"), summed("revenue", every), result.sales, strong=True,
               known=KNOWN)  # fmt: skip
    draft.line(sheet, "recurring", _("Of which recurring"), summed("revenue", recurring),
               result.recurring, known=KNOWN)  # fmt: skip
    draft.line(sheet, "variable", _("Other variable cost"), summed("variable", every),
               result.variable, known=KNOWN)  # fmt: skip
    draft.line(sheet, "tokens", _("Million tokens"), summed("tokens", every), tokens,
               form="number", known=KNOWN)  # fmt: skip
    words = {"won": _("Customers won"), "lost": _("Customers lost"),
             "end": _("Customers at the end of the month")}  # fmt: skip
    for name in FOUND:
        values = total(getattr(result.customers[key], name) for key in counted)
        draft.line(sheet, name, words[name], summed(name, counted), values[:MONTHS],
                   form="number", over="last" if name == "end" else "sum", known=KNOWN)  # fmt: skip
