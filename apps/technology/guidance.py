"""Why each question about model, steps, data and runs is asked: {field: (why, example)}.

Used by forms.py; the other half is in guidance_service.py.
"""

from django.utils.translation import gettext_lazy as _

PROFILE = {
    "strategy": (
        _("It decides what you spend, what you own, and whom you depend on."),
        _("Fine-tune open weights: our dialogues are the advantage, not the architecture."),
    ),
    "strategy_reason": (
        _("Compare it with the next cheaper strategy: what would you lose by choosing that one?"),
        _(
            "An API answers 71% of the test questions, our tuned model 86%, and banks accept it "
            "only inside their own walls."
        ),
    ),
    "tasks": (
        _("A large model is worth its cost when it does many tasks. Name those you will test."),
        _("Answer product questions; look up an order; decide when to hand over to a person."),
    ),
    "modalities": (
        _("Each further modality needs data, evaluation and computing power of its own."),
        _("Text now; images once buyers may send photographs."),
    ),
    "base_model": (
        _("Only if you build on somebody else's model: investors ask what happens without it."),
        _("Qwen3-32B, the version published in April 2025"),
    ),
    "base_licence": (
        _("Only if you build on somebody else's model: terms decide what you may sell."),
        _("Apache 2.0: changes and commercial use allowed, notice to be kept"),
    ),
    "commercial_use": (
        _("Only if you build on somebody else's model: research licences forbid selling."),
        _("Yes, checked by our lawyer on 2 October"),
    ),
    "fallback": (
        _("Only if you build on somebody else's model: name what you would change to in weeks."),
        _("GLM-4-32B under MIT; our evaluation set runs on it every quarter"),
    ),
    "retrieval": (
        _("Only for retrieval: answers are as good and as fresh as what is found."),
        _("Product pages and return rules of each shop, indexed again every night"),
    ),
    "teacher": (
        _("Only if you distil: the student learns the teacher's faults as well."),
        _("Our own tuned 32B model"),
    ),
    "teacher_permits": (
        _("Only if you distil: many providers forbid training on what their model writes."),
        _("Yes: the teacher is our own model under an open licence."),
    ),
    "architecture": (
        _("Only if you train from scratch: say what is new and what is proven."),
        _("Decoder with 64 layers, mixture of 64 experts of which 6 are active, 128k tokenizer"),
    ),
    "parameters": (
        _("Only if you train: it drives training cost, memory and the price of each answer."),
        _("32.8e9 for 32.8 billion"),
    ),
    "training_tokens": (
        _("Only if you train: all tokens that the finished model will have seen from you."),
        _("8e9 for eight billion"),
    ),
    "eu_market": (
        _("In the EU, the AI Act asks more of a model the more computing its training took."),
        _("No: all customers are in China."),
    ),
    "public_china": (
        _("A generative service open to the public in China is filed before it starts."),
        _("Yes: shoppers talk to it directly."),
    ),
    "filing": (
        _("Needed if the service is open to the public in China: the day the filing is granted."),
        _("Filing granted, July 2027"),
    ),
    "launch": (
        _("The launch may not come before the filing."),
        _("Public launch, September 2027"),
    ),
}

STEP = {
    "name": (
        _("Small enough that one person can answer for it."),
        _("Clean and de-duplicate the dialogues"),
    ),
    "stage": (
        _("The lifecycle has three stages; each begins where the one before delivers."),
        _("Data acquisition and processing"),
    ),
    "deliverable": (
        _("What lies on the table when the step is over."),
        _("A versioned training set of 900,000 dialogues with a data sheet"),
    ),
    "exit_criterion": (
        _("How you know that it is good enough to go on: a number, not a feeling."),
        _("Fewer than 2 in 1,000 sampled dialogues hold a name, a number or an address."),
    ),
    "owner": (
        _("A step that belongs to everybody waits for somebody."),
        _("Senior research engineer"),
    ),
    "start": (_("It places the step on the timeline."), "2027-02-01"),
    "end": (_("The last day of the step, with time for what goes wrong."), "2027-03-12"),
    "status": (_("It tells readers what is done and what is a plan."), _("Under way")),
}

DATA = {
    "name": (
        _("A name that you would also use in the contract."),
        _("Service dialogues of pilot shops"),
    ),
    "kind": (
        _("The kind tells which rights and risks to expect."),
        _("Customer data"),
    ),
    "description": (
        _("What is in it, from when and from whom, and what is missing."),
        _("1.2 million chats of 2024 to 2026 from 14 shops; no telephone calls"),
    ),
    "size": (
        _(
            "Tokens make sources comparable. One is about 1.5 Chinese characters or three quarters "
            "of an English word."
        ),
        _("420e6 for 420 million tokens"),
    ),
    "modality": (_("A model learns only the modalities it is shown."), _("Text")),
    "language": (
        _("A language that is missing here will be missing in the product."),
        _("Mandarin, some Cantonese"),
    ),
    "licence": (
        _("Investors and large customers ask to see it."),
        _("Clause 7 of the pilot contract; CC BY 4.0; purchase contract no. 2027-03"),
    ),
    "right": (
        _("The right to read is not the right to train. Unknown counts as no until it is settled."),
        _("Limited: for models that serve the same shop."),
    ),
    "right_note": (
        _("Write down the clause and its limits while you still remember them."),
        _("Training allowed after masking; deletion within 30 days on request."),
    ),
    "expiry": (
        _("A right that ends takes the model trained on it into question."),
        "2028-12-31",
    ),
    "personal": (
        _("Personal data needs a legal basis, masking and a way to delete."),
        _("Yes: names and addresses in chats, masked before training"),
    ),
    "cross_border": (
        _("Data that leaves its country may need an assessment or a standard contract first."),
        _("No: stored and processed in Hangzhou"),
    ),
    "safeguards": (
        _("Needed if there is personal data or it leaves its country: what protects people?"),
        _("Masking on the shop's side, access for two named people, log kept for three years"),
    ),
    "cost": (
        _("Purchase, annotation and cleaning by others. Write 0 if it costs nothing."),
        _("180,000 for annotating 30,000 dialogues"),
    ),
    "acquired": (_("The month in which the cost falls due."), "2027-03-01"),
}

RUN = {
    "name": (
        _("A name that also stands in the training log."),
        _("Fine-tuning on shop dialogues, first full run"),
    ),
    "purpose": (
        _("Ablations are small and many; main runs are few and must not fail."),
        _("Fine-tuning"),
    ),
    "model_name": (
        _(
            "Runs that make the same model carry the same name: the thresholds of the EU AI Act "
            "count the computing power of each model by itself."
        ),
        _("Service model, 32B"),
    ),
    "step": (
        _("The run is checked against the dates of its step."),
        _("Fine-tune, align and distil"),
    ),
    "task": (
        _(
            "The task of the project whose work this run is. The run must lie within its dates, "
            "and end before what waits for it begins: move the task, and a check tells you."
        ),
        _("T07 Fine-tune in two rounds"),
    ),
    "milestone": (
        _("What the run must be ready for, if that is not the launch."),
        _("First model passes the release gate"),
    ),
    "goal": (
        _("A run without a question answers none."),
        _("At least 85% correct actions on the held-out orders at no loss of politeness"),
    ),
    "data": (
        _("A run may use only data that you have the right to train on."),
        _("Service dialogues of pilot shops; product manuals"),
    ),
    "parameters": (
        _("For a mixture of experts, those active for one token. You may write 7e9."),
        "32.8e9",
    ),
    "tokens": (
        _("All tokens the run goes through, repetitions included. You may write 1e12."),
        _("5.4e9: three times through 1.8 billion"),
    ),
    "gpu": (_("It fixes the peak performance and the price."), "H800 80 GB"),
    "gpus": (_("More GPUs make the run shorter, not cheaper."), "32"),
    "peak": (
        _("Dense BF16, from the data sheet: A100 312, H100 and H800 989, H20 148."),
        "989",
    ),
    "mfu": (
        _(
            "The share of the peak that reaches the model. 35 to 45 is good; more than 55 has "
            "hardly been reported."
        ),
        _("38, measured on a trial of two hours"),
    ),
    "overhead": (
        _("Restarts, checkpoints, failed attempts and evaluation, on top of the pure run."),
        "15",
    ),
    "price": (_("What one GPU costs for an hour, with its share of the machine."), "16.50"),
    "start": (_("The cost is spread over the days from here on."), "2027-04-05"),
}
