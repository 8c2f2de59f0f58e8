"""Why each question about serving, evaluation, tools and trends is asked: {field: (why, example)}.

Used by forms.py.
"""

from django.utils.translation import gettext_lazy as _

SERVING = {
    "mode": (
        _("It decides whether a token has a price or a machine has one."),
        _("Rented GPUs until banks ask for their own"),
    ),
    "input_price": (
        _("Only if you buy from an API: what the provider asks for reading."),
        "2.00",
    ),
    "output_price": (
        _("Only if you buy from an API: what the provider asks for writing."),
        "8.00",
    ),
    "input_share": (
        _("Only if you buy from an API: long prompts make reading the larger part."),
        _("80, counted over 2,000 conversations"),
    ),
    "gpu": (
        _("Only on GPUs: the cheapest that holds the model and meets the latency."),
        "L20 48 GB",
    ),
    "throughput": (
        _("Only on GPUs: all requests together, measured under load at the target latency."),
        _("1,900 with 24 conversations at once"),
    ),
    "utilisation": (
        _("Only on GPUs: nights and weekends count too; 100 is a dream."),
        "35",
    ),
    "price": (
        _("Only on GPUs: for machines you own, price over lifetime plus power and hosting."),
        "7.20",
    ),
    "latency": (
        _("The time within which 95 of 100 answers begin. People leave when they wait."),
        "1200",
    ),
    "availability": (
        _("99.9 allows 44 minutes of failure a month; each further nine costs much more."),
        "99.9",
    ),
    "scaling": (
        _("Festivals multiply the load. Say who notices, what starts by itself, what falls back."),
        _("Twice the machines are reserved from 1 to 12 November; past that, short answers only."),
    ),
}

EVALUATION = {
    "name": (
        _("What is tested, on data that no run has seen."),
        _("1,000 held-out orders of three shops"),
    ),
    "metric": (
        _("One number that a customer would understand."),
        _("Share of orders with the correct action"),
    ),
    "direction": (
        _("It tells whether a result above the target is good news."),
        _("Lower is better, for invented facts"),
    ),
    "description": (
        _("Somebody else must be able to repeat it."),
        _("Two people judge each answer blindly; a third decides where they differ."),
    ),
    "baseline": (
        _("Without today's value nobody can tell what the model has gained."),
        _("71, by the API that we used for the prototype"),
    ),
    "target": (_("Set it before the run, not after."), "85"),
    "gate": (
        _("A gate keeps a release back. Have few, and keep to them."),
        _("Yes: nothing goes live below the target."),
    ),
    "result": (_("Leave it empty until it has been measured."), "86.4"),
    "measured": (_("Results age as products and questions change."), "2027-05-28"),
}

TOOL = {
    "name": (_("The product and, if it matters, the version."), "PyTorch 2"),
    "kind": (_("One tool for each purpose is enough to begin with."), _("Training framework")),
    "reason": (
        _("Skills in the team weigh more than features on a list."),
        _("Everybody here knows it, and the base model is published for it."),
    ),
    "alternative": (
        _("It shows that the choice was one."),
        _("TensorFlow: fewer open weights to start from"),
    ),
}

TREND = {
    "name": (
        _("A change outside that you cannot stop."),
        _("Small models catch up with large ones on narrow tasks"),
    ),
    "kind": (_("Cover each direction once before you add a second."), _("Compression")),
    "impact": (
        _("1: hardly matters to us; 5: changes what we sell."),
        "4",
    ),
    "effect": (
        _("A trend can be good and bad at once: say both."),
        _("Serving becomes cheaper for us, and so does imitation for others."),
    ),
    "signal": (
        _("What would you see first, and where?"),
        _("An 8B model above 80% on our own test set"),
    ),
    "response": (
        _("A trend without an answer is news."),
        _("Distil every tuned model, and put the effort saved into data."),
    ),
}
