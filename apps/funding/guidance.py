"""Why each figure of the funding section is asked, and one good example. Used by forms.py only."""

from django.utils.translation import gettext_lazy as _

ASSUMPTIONS = {
    "opening_cash": (
        _("Every month of the cash plan builds on it. Count only what is in the bank."),
        _("1,500,000 from the founders and an angel, before the seed round."),
    ),
    "receivable_months": (
        _("A sale on 60 days is revenue now and cash in two months; growth then costs cash."),
        _("1 for shops that pay monthly, 2 to 3 for banks."),
    ),
    "tax": (
        _("It is charged on profit once earlier losses are used up."),
        _("25 is the usual rate in China; 15 for a recognised high-tech company."),
    ),
    "inference_price": (
        _(
            "What it costs to produce a million tokens. Left empty, the figure of the technology "
            "section is used."
        ),
        _("2.4, measured in the pilot at 40 % utilisation."),
    ),
    "strategy": (
        _("Investors ask why this amount, why now, and what it proves before the next round."),
        _("The seed round buys the filing, the launch and 40 paying shops within 14 months."),
    ),
    "fallback": (
        _("Rounds are late more often than not. Decide today what you would stop first."),
        _("We freeze hiring, stop paid channels and live on the pilots for eight months."),
    ),
}

DECLARED = {
    "left_out": (
        _("Costs that you already have in a line of your own would be counted twice."),
        _("Marketing, because one line of our own covers all of it."),
    ),
    "reason": (
        _("Whoever reads the runway must know what it does not contain."),
        _("The contingency is left out, since the loan covers it."),
    ),
}

STREAM = {
    "name": (
        _("One stream for each thing that customers pay for in its own way."),
        _("Subscription, online shops"),
    ),
    "segment": (
        _("Forecast revenue is held against what this segment can yield."),
        _("Online shops with 20 to 200 service agents"),
    ),
    "pricing": (
        _("It decides what the price is multiplied with, and whether the revenue recurs."),
        _("Subscription: the price is paid per customer and month."),
    ),
    "price": (
        _("The one number that investors test first. Net of tax and discounts."),
        _("8,000 a month for a shop with 50 agents."),
    ),
    "start": (
        _("Nothing is earned before the launch, the filing or the first contract."),
        _("September 2027, the month of the launch."),
    ),
    "milestone": (
        _("If it slips, the plan says at once that this revenue comes too early."),
        _("Service launched to online shops."),
    ),
    "follows": (
        _("A set-up fee or an add-on goes to customers that another stream already counts."),
        _("Set-up of banks follows the subscription of banks."),
    ),
    "attach": (
        _("Not every customer of the other stream buys the add-on. Empty means all do."),
        _("40 % of the shops use more than their allowance."),
    ),
    "customers": (
        _("Pilots that turn into contracts in the first month of this stream."),
        _("6 pilot shops."),
    ),
    "new": (
        _("What sales can win in an ordinary month. Check it against the channel plan."),
        _("4 shops a month."),
    ),
    "growth": (
        _("Growth that comes from the customers you have, on top of the new ones."),
        _("2 % a month from referrals."),
    ),
    "churn": (
        _("Small differences decide the lifetime of a customer, and so the whole value."),
        _("1.5 % a month means that a customer stays five and a half years."),
    ),
    "tokens": (
        _(
            "Every answer costs inference. It is the largest variable cost of a model company. "
            "Enter 0 where no model is used."
        ),
        _("150 million: 60,000 conversations of 2,500 tokens."),
    ),
    "variable": (
        _("What else rises with revenue: payment fees, resellers, messages. Per cent of it."),
        _("3 % for payment and text messages."),
    ),
    "note": (
        _("A figure convinces by the way it was found."),
        _("Price as agreed with three pilots; churn as among comparable vendors."),
    ),
}

COST = {
    "name": (
        _("Only what no other section declares: payroll, channels and runs are there already."),
        _("Office and administration"),
    ),
    "category": (
        _(
            "Hosting, delivery and API use lower the gross margin; sales count towards CAC. The "
            "API price of a scenario moves only lines of API use, the GPU price only those of GPUs."
        ),
        _("General and administrative"),
    ),
    "amount": (
        _("What leaves the account in an ordinary month. One-off costs last one month."),
        _("45,000"),
    ),
    "start": (
        _("Empty means from the first month of the plan."),
        _("April 2028, when the series A money is there."),
    ),
    "end": (
        _("Empty means to the end of the plan. The same month as the start: once."),
        _("December 2028"),
    ),
    "growth": (
        _("Rents, salaries and fees rise. The rise comes every twelve months."),
        _("5 % a year."),
    ),
    "capital": (
        _("Machines and other lasting things cost cash, but are no cost of the month."),
        _("Yes for own GPU servers, no for rented ones."),
    ),
    "note": (
        _("Says what the amount is made of."),
        _("Rent of 400 m², accounting, insurance, travel."),
    ),
}

ROUND = {
    "name": (_("The name under which investors know the round."), _("Seed round")),
    "instrument": (
        _("Shares dilute, loans are paid back, grants do neither."),
        _("Equity"),
    ),
    "status": (
        _("Only a signed contract or money received counts as signed. A term sheet binds nobody."),
        _("Contract signed"),
    ),
    "month": (
        _("The month in which the money arrives, not that of the signature."),
        _("January 2027"),
    ),
    "amount": (
        _("Enough for the next proof plus at least six months in reserve."),
        _("12,000,000"),
    ),
    "pre_money": (
        _("With the amount it decides what you give away. For a SAFE or note enter the cap."),
        _("48,000,000, so that 12,000,000 buys 20 %."),
    ),
    "pool": (
        _("Investors ask for room for future staff; it is taken from the present holders."),
        _("10 %"),
    ),
    "interest": (_("Loans cost interest every month."), _("5 %")),
    "term": (
        _("A loan is repaid at once at the end of its term; the cash must be there."),
        _("24 months"),
    ),
    "investor": (
        _("Who leads matters more than how many join."),
        _("A seed fund for enterprise software leads with 8 million."),
    ),
    "terms": (
        _("Preference, board seats and vetoes may weigh more than the valuation."),
        _("1× non-participating preference, one board seat, vesting over four years."),
    ),
}

USE = {
    "purpose": (
        _("The usual heads make rounds comparable."),
        _("Training of models and compute"),
    ),
    "round": (_("Each round sums to 100 %."), _("Seed round")),
    "share": (_("Its share of this round."), _("20 %")),
    "detail": (
        _("Money buys a result, not a department."),
        _("Three fine-tuning runs and the evaluation up to model version 1."),
    ),
}

HOLDER = {
    "name": (_("As in the register of shareholders."), _("Founder and technical lead")),
    "kind": (_("The pool is diluted and topped up by rules of its own."), _("Founder")),
    "shares": (_("Only the proportions matter."), _("4,000,000")),
    "vesting": (
        _("Investors ask whether a founder who leaves takes the shares along."),
        _("Four years, one-year cliff"),
    ),
}

SCENARIO = {
    "name": (_("Say in a word what makes it different."), _("Slow sales")),
    "case": (_("Base, low and high are compared side by side."), _("Low")),
    "price": (_("Competition or a price list that holds. 1 leaves prices as planned."), _("0.9")),
    "new_customers": (_("How many are won compared with the plan."), _("0.7")),
    "churn": (_("How many leave compared with the plan."), _("1.4")),
    "api": (_("What bought inference costs compared with today."), _("1.3")),
    "compute": (_("What GPUs cost compared with the plan."), _("1.2")),
    "payroll": (_("Salaries and hiring compared with the team plan."), _("1.05")),
    "marketing": (_("What marketing and sales cost compared with the plan."), _("1.1")),
    "delay": (
        _("A launch waits for the filing, banks for their committee."),
        _("3"),
    ),
    "story": (
        _("Numbers that move together need a reason."),
        _("A platform gives its own assistant away; shops wait for a season."),
    ),
}
