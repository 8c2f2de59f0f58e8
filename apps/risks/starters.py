"""The risks that most companies built on large models share: a first register to edit.

Drawn from what the method calls the key challenges: technical failure, talent, funding, market,
and what a supplier or a regulator can do. Used by section.py only.
"""

from typing import Any

from django.utils.translation import gettext as _

from apps.risks.models import Category


def usual_risks() -> list[dict[str, Any]]:
    """Eight threats with cause, event and effect; the ratings are left to the founder."""
    return [
        {
            "name": _("Model fails outside its test set"),
            "category": Category.MODEL,
            "cause": _("The model was tuned on little data and overfits."),
            "event": _("With real users it gives confident wrong answers."),
            "effect": _("Customers lose trust, support effort rises, launches slip."),
            "indicator": _("Share of answers corrected by people"),
        },
        {
            "name": _("Chosen architecture does not scale"),
            "category": Category.TECHNICAL,
            "cause": _("Latency and cost were measured only under light load."),
            "event": _("At ten times the load the response time or the cost per call is too high."),
            "effect": _("The margin disappears or the service must be rebuilt."),
            "indicator": _("Response time (p95) and cost per thousand calls"),
        },
        {
            "name": _("Training data may not be used"),
            "category": Category.DATA,
            "cause": _("The origin or the licence of part of the data is unclear."),
            "event": _("An owner objects or a customer asks for proof."),
            "effect": _("Data must be removed and the model trained again."),
            "indicator": _("Share of training data with a documented licence"),
        },
        {
            "name": _("Key people leave or cannot be hired"),
            "category": Category.PEOPLE,
            "cause": _("Few people can do the work and larger companies pay more."),
            "event": _("A key role stays open or falls vacant for months."),
            "effect": _("The model work stops and milestones slip."),
            "indicator": _("Days that a key role has been open"),
        },
        {
            "name": _("Next round closes late"),
            "category": Category.FINANCE,
            "cause": _("Training and operation need cash before revenue comes."),
            "event": _("Investors decide months later than planned."),
            "effect": _("Cash runs out or the team must be cut."),
            "indicator": _("Months of cash left"),
        },
        {
            "name": _("Compute becomes scarce or dear"),
            "category": Category.COMPUTE,
            "cause": _("One supplier provides the accelerators or the base model."),
            "event": _("Price, quota or licence terms change at short notice."),
            "effect": _("The cost per call rises, or training waits."),
            "indicator": _("Price of an accelerator hour"),
        },
        {
            "name": _("Approval or filing takes longer"),
            "category": Category.LEGAL,
            "cause": _("A public generative service must be filed before it starts."),
            "event": _("The authority asks for further tests or documents."),
            "effect": _("The launch and the first revenue move back."),
            "indicator": _("Days since the filing was handed in"),
        },
        {
            "name": _("Large platforms offer the same"),
            "category": Category.MARKET,
            "cause": _("The offer differs from general assistants in few points."),
            "event": _("A platform adds the function free of charge."),
            "effect": _("Prices fall and customers postpone their decision."),
            "indicator": _("Share of lost deals that name a platform"),
        },
    ]
