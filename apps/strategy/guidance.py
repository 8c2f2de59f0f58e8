"""Why each field is asked and what a good answer looks like. Used by forms.py only.

What others do to the company (competitors, forces, suppliers) is in guidance_rivals.py.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.strategy.guidance_rivals import ADVANTAGE, COMPETITOR, FORCE, POSITIONING_MAP, SUPPLIER

__all__ = [
    "ADVANTAGE", "BUSINESS_MODEL", "CHALLENGE", "COMPETITOR", "FACTOR", "FORCE", "MOAT",
    "POSITIONING_MAP", "SUPPLIER", "SWOT", "TOWS",
]  # fmt: skip

Guide = dict[str, tuple[Any, Any]]

FACTOR: Guide = {
    "name": (
        _("Few things decide whether a company in this field lives. Name them before you rate."),
        _("Innovation and research"),
    ),
    "meaning": (
        _("The same words mean something else in every company. Say what you would look at."),
        _("How soon a weakness found on Monday is trained away and shipped."),
    ),
    "score": (
        _("1: we have nothing. 3: we keep up with the others. 5: others learn from us."),
        _("3"),
    ),
    "target": (
        _("Where this plan takes you within a year. A target without a next step is a wish."),
        _("4"),
    ),
    "proof": (
        _("A score without something to show is an opinion. Mentors will ask for it."),
        _("Six releases in fourteen weeks; open test up from 61 to 71 per cent."),
    ),
    "next_step": (
        _("The one thing that would raise the score most, with a name and a date."),
        _("Release test runs by itself every night from March on (technical lead)."),
    ),
}

CHALLENGE: Guide = {
    "name": (
        _("Naming what may stop you is the first half of an answer."),
        pgettext_lazy("challenge", "Technical risk"),
    ),
    "description": (
        _("Say how it shows in your company, so that somebody else would recognise it."),
        _("The tuned model overfits to one shop's rules and fails at the next."),
    ),
    "exposure": (
        _("1: hardly concerns us. 3: costs us months. 5: could end the company. From 4 on it "
          "belongs into the risk register."),
        _("4"),
    ),
    "answer": (
        _("What you do about it now, before it happens."),
        _("Every release is tested on shops that it has never seen."),
    ),
    "risk": (
        _("The row of the risk register that this challenge became. The list of challenges "
          "makes it for you with one click."),
        _("Model fails outside its test set"),
    ),
}  # fmt: skip

BUSINESS_MODEL: Guide = {
    "customers": (
        _("Whoever pays decides what the rest of the model must look like."),
        _("Online shops with 20 to 200 service agents; the head of operations signs."),
    ),
    "value": (
        _("What is better for the customer afterwards, in hours or money, not in features."),
        _("A settled order costs 1.20 instead of 4.50, at any hour of the day."),
    ),
    "channels": (
        _("How customers hear of you, try you, buy and are served."),
        _("App stores of the shop platforms, two implementation partners, direct sales to banks."),
    ),
    "relationships": (
        _("Whether a customer is looked after by people, by a community or by itself decides "
          "the margin."),
        _("A named person for the first 30 days, then a monthly report and a help page."),
    ),
    "resources": (
        _("What you must own or hold to deliver: data, weights, people, permits."),
        _("Two million labelled dialogues with the right to train; the filing of the service."),
    ),
    "activities": (
        _("What you must do well every week; everything else can be bought."),
        _("Cleaning dialogues, tuning, testing on unseen shops, onboarding."),
    ),
    "partners": (
        _("Whom you cannot do without, and what they get from you."),
        _("A cloud that holds capacity for festivals; an integrator that installs at banks."),
    ),
    "revenue": (
        _("What customers pay for, in which rhythm, and what happens when they use more."),
        _("A yearly subscription by volume, usage above the allowance, set-up for banks."),
    ),
    "costs": (
        _("Which costs are fixed and which grow with every token. The second kind decides the "
          "gross margin."),
        _("Fixed: salaries, training runs. Growing: inference, about six per cent of revenue."),
    ),
}  # fmt: skip

SWOT: Guide = {
    "text": (
        _("One fact a row, said so that somebody could disagree."),
        _("Service dialogues of 40 shops with the right to train on them"),
    ),
    "kind": (
        _("Strengths and weaknesses are inside and yours to change; opportunities and threats "
          "come from outside whether you exist or not."),
        pgettext_lazy("SWOT", "Strength"),
    ),
    "weight": (
        _("1: nice to know. 3: changes how we work. 5: decides whether the plan works."),
        _("5"),
    ),
    "proof": (
        _("Where the fact can be seen. Without proof a weight is a guess."),
        _("Contracts with 40 shops, clause 7; counted in October."),
    ),
}  # fmt: skip

TOWS: Guide = {
    "text": (
        _("A SWOT that leads to nothing is a list. Say what you do because of it."),
        _("Enter the banks through a version that runs inside their walls"),
    ),
    "items": (
        _("At least one strength or weakness and one opportunity or threat: a strategy joins "
          "what is inside with what is outside."),
        _("Weights of our own (strength), banks keep data in house (opportunity)"),
    ),
    "how": (
        _("The first steps, so that it is a decision and not a direction."),
        _("One pilot bank in 2027, the bank edition as a milestone, no tenders before 2028."),
    ),
    "owner": (
        _("What belongs to everybody is done by nobody."),
        _("Product manager"),
    ),
}  # fmt: skip

MOAT: Guide = {
    "ten_times_cheaper": (
        _("The price of a token has fallen by such factors before, and will again. Say what of "
          "your price, and of your product, is left."),
        _("Our inference bill nearly vanishes, and so does that of everybody else. What stays "
          "dear is knowing each shop's rules and being allowed to touch its orders."),
    ),
    "free": (
        _("The hardest form of the question: if anybody gets the model for nothing, why does "
          "the customer still pay you?"),
        _("Shops pay for settled orders and for somebody who answers for mistakes."),
    ),
    "price_held": (
        _("A number keeps the answer honest. It is what the funding plan would have to live on."),
        _("70 % of today's price"),
    ),
    "compounding": (
        _("A moat that does not grow dries up. Name what the next customer makes better for "
          "all the others."),
        _("Every corrected answer becomes a test case and a training example."),
    ),
    "next_step": (
        _("What you would do this year if you believed your own answer above."),
        _("Sell by settled request instead of by token from the next contract on."),
    ),
}  # fmt: skip
