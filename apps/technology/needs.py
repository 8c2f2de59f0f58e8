"""What a complete record holds: it depends on the strategy, the way of serving and the stage.

Used by this app's forms (which fields to ask for) and section (what counts for progress).
"""

from apps.plans.models import Stage
from apps.plans.sections import registry
from apps.plans.stages import reached
from apps.technology.choices import Mode, Purpose, Strategy
from apps.technology.models import Data, Evaluation, Profile, Run, Serving, Step

Fields = tuple[str, ...]

_BASE = ("base_model", "base_licence", "commercial_use", "fallback")
_OWN = ("parameters", "training_tokens")
_TEACHER = ("teacher", "teacher_permits")

# {answer: the follow-up fields it calls for}. Fields named in no entry are always asked.
STRATEGY_FIELDS: dict[str, Fields] = {
    Strategy.API: _BASE,
    Strategy.RETRIEVAL: (*_BASE, "retrieval"),
    Strategy.FINE_TUNE: (*_BASE, *_OWN),
    Strategy.CONTINUE: (*_BASE, *_OWN),
    Strategy.SCRATCH: ("architecture", *_OWN),
    Strategy.DISTIL: (*_BASE, *_TEACHER, *_OWN),
}
_BOUGHT = ("input_price", "output_price", "input_share")
_GPUS = ("gpu", "throughput", "utilisation", "price")
MODE_FIELDS: dict[str, Fields] = {
    Mode.API: _BOUGHT,
    Mode.CLOUD: _GPUS,
    Mode.OWN: _GPUS,
    Mode.PREMISES: _GPUS,
}


def unused(answer: str, fields: dict[str, Fields]) -> Fields:
    """The follow-up fields that ``answer`` does not call for; none while it is open."""
    if answer not in fields:
        return ()
    every = dict.fromkeys(name for names in fields.values() for name in names)
    return tuple(name for name in every if name not in fields[answer])


def profile_needs(profile: Profile) -> Fields:
    needs = ["strategy", "strategy_reason", "tasks", "modalities"]
    if reached(Stage.PRE_SEED, profile):
        needs += STRATEGY_FIELDS.get(profile.strategy, ())
    if reached(Stage.SEED, profile):
        needs += ["eu_market", "public_china"]
        if profile.public_china and registry.has("projects.milestone"):
            needs += ["filing", "launch"]
    return tuple(needs)


def step_needs(step: Step) -> Fields:
    needs = ["name", "stage", "deliverable"]
    if reached(Stage.PRE_SEED, step):
        needs += ["exit_criterion", "start", "end"]
    if reached(Stage.SEED, step):
        needs += ["owner", "status"]
    return tuple(needs)


def data_needs(source: Data) -> Fields:
    needs = ["name", "kind", "right", "personal"]
    if reached(Stage.PRE_SEED, source):
        needs += ["size", "modality", "licence"]
    if reached(Stage.SEED, source):
        needs += ["cross_border", "cost"]
        if source.cost:
            needs.append("acquired")
        if source.personal or source.cross_border:
            needs.append("safeguards")
    if reached(Stage.GROWTH, source):
        needs += ["description", "right_note"]
    return tuple(needs)


def run_needs(run: Run) -> Fields:
    needs = ["name", "purpose", "parameters", "tokens"]
    if reached(Stage.PRE_SEED, run):
        needs += ["gpu", "gpus", "peak", "mfu", "price"]
    if reached(Stage.SEED, run):
        needs += ["data", "start"]
        if run.purpose != Purpose.ABLATION:
            needs.append("model_name")
        placed = [name for name in ("step", "task", "milestone") if getattr(run, name)]
        needs.append(next(iter(placed), "step"))
    if reached(Stage.GROWTH, run):
        needs += ["goal", "overhead"]
    return tuple(needs)


def serving_needs(serving: Serving) -> Fields:
    needs = ["mode"]
    if reached(Stage.PRE_SEED, serving):
        needs += MODE_FIELDS.get(serving.mode, ())
    if reached(Stage.SEED, serving):
        needs += ["latency", "availability", "scaling"]
    return tuple(needs)


def evaluation_needs(row: Evaluation) -> Fields:
    needs = ["name", "metric", "target"]
    if reached(Stage.PRE_SEED, row):
        needs += ["direction", "baseline", "gate"]
    if reached(Stage.GROWTH, row):
        needs += ["description"]
    return tuple(needs)
