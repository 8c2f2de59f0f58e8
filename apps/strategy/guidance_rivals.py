"""Guidance on competitors, the map, advantages, forces and suppliers. Used by guidance.py only."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Guide = dict[str, tuple[Any, Any]]

POSITIONING_MAP: Guide = {
    "x_axis": (
        _("Take two things that customers compare by and that do not rise together. Say what "
          "the left and the right end mean."),
        _("Answers only (left) … settles the request (right)"),
    ),
    "y_axis": (
        _("The second thing customers compare by; say what the lower and the upper end mean."),
        _("One platform (below) … all platforms of the shop (above)"),
    ),
    "x": (
        _("Where customers would put you today, from 0 on the left to 10 on the right; not "
          "where you want to be."),
        _("8"),
    ),
    "y": (
        _("From 0 at the bottom to 10 at the top, as customers see you today."),
        _("7"),
    ),
    "conclusion": (
        _("A free place on the map is worth something only if customers want to be there. Say "
          "what the picture tells you."),
        _("Nobody settles requests across platforms; the platforms cannot, since each sees "
          "only its own orders."),
    ),
}  # fmt: skip

COMPETITOR: Guide = {
    "name": (
        _("A company, a product or a way of doing without you. Those who write “no competitor” "
          "have not asked their customers."),
        _("Platform A's own assistant"),
    ),
    "kind": (
        _("Platforms and open models are asked for by name: they have ended more companies of "
          "this kind than direct competitors have."),
        pgettext_lazy("competitor kind", "Platform that may add the function"),
    ),
    "offer": (
        _("What the customer gets from them, in the customer's words."),
        _("A free robot that answers greetings and delivery dates on one platform."),
    ),
    "price": (
        _("What the same customer would pay them in a year; 0 if it is free. Say where the "
          "figure comes from."),
        _("60,000 a year for a shop with 30 agents"),
    ),
    "pricing": (
        _("Per seat, per token, per settled request: the unit of the price decides who wins "
          "when the volume grows."),
        _("Per seat and month"),
    ),
    "segment": (
        _("Where you meet them first. A competitor in a segment you do not serve costs you no "
          "sleep."),
        _("Online shops with 20 to 200 service agents"),
    ),
    "strengths": (
        _("What a fair customer would praise. Underrating them is the dearest mistake."),
        _("Sees every order without an interface; needs no set-up."),
    ),
    "weaknesses": (
        _("What they cannot change without hurting themselves counts double."),
        _("Will never serve a shop's orders on a rival platform."),
    ),
    "source": (
        _("Hearsay ages fast. Note where and when you learned it."),
        _("Price page of October 2026; two shops that use it"),
    ),
    "threat": (
        _("1: we hardly meet. 3: we lose deals. 5: they could take the whole segment."),
        _("4"),
    ),
    "x": (
        _("From 0 on the left to 10 on the right of the positioning map, as customers see them."),
        _("3"),
    ),
    "y": (
        _("From 0 at the bottom to 10 at the top of the positioning map."),
        _("1"),
    ),
}  # fmt: skip

ADVANTAGE: Guide = {
    "claim": (
        _("One sentence that a competitor would deny."),
        _("Our model has learned from dialogues that nobody else may train on"),
    ),
    "kind": (
        _("Technology, market and brand advantages make you better at the same thing; "
          "differentiation does something else for another group."),
        pgettext_lazy("advantage kind", "Technology"),
    ),
    "proof": (
        _("What you would show somebody who does not believe you: a measurement, a contract, "
          "a customer to call."),
        _("71 against 66 per cent settled on the open test; method and results are public."),
    ),
    "segment": (
        _("An advantage wins somebody. If it wins a segment you have rejected, look again."),
        _("Online shops with 20 to 200 service agents"),
    ),
    "valuable": (
        _("Would customers pay less, or buy elsewhere, without it?"),
        _("Yes: shops pay per settled request."),
    ),
    "rare": (
        _("How many competitors have it already?"),
        _("Yes: one other has such data, for one platform only."),
    ),
    "inimitable": (
        _("What would it cost a well-funded competitor, in time and money? Under a year is "
          "“no”."),
        _("Yes: the contracts took two years and exclude others."),
    ),
    "organised": (
        _("Do your people, processes and contracts make use of it today?"),
        _("Yes: corrected answers enter the training set every week."),
    ),
}  # fmt: skip

FORCE: Guide = {
    "kind": (
        _("Each of the five forces takes a share of the margin of the whole branch."),
        _("Power of suppliers"),
    ),
    "pressure": (
        _("1: hardly felt. 3: costs us margin. 5: decides who earns anything at all."),
        _("4"),
    ),
    "reason": (
        _("The score of a force is only as good as its reason."),
        _("Two clouds offer the accelerators we need, and both raised prices this year."),
    ),
    "answer": (
        _("How you take pressure off: avoid it, share it, or make others depend on you."),
        _("A smaller model for nine of ten questions; a second cloud under contract."),
    ),
}  # fmt: skip

SUPPLIER: Guide = {
    "name": (
        _("Everybody whose stop would be felt by customers within a month."),
        _("Cloud A, region East"),
    ),
    "kind": (
        _("Compute, cloud and base model are where companies of this kind depend most."),
        pgettext_lazy("supply", "Compute"),
    ),
    "share": (
        _("Their part of what you buy of this kind. The largest share is your concentration: "
          "what is gone if they stop."),
        _("75 %"),
    ),
    "alternative": (
        _("Who steps in, and what was tried already. A name from a search is not an "
          "alternative."),
        _("Cloud B: contract signed, our test ran there in September."),
    ),
    "switch_weeks": (
        _("From the day they stop until customers notice nothing any more."),
        _("3"),
    ),
}  # fmt: skip
