"""The technology section: which model, on what data, at what cost, and how good it must be."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core import money
from apps.plans.checks import MonthlyCost, Place
from apps.plans.choices import Stage as PlanStage
from apps.plans.contents import Content
from apps.plans.display import show
from apps.plans.models import Record
from apps.plans.progress import is_filled
from apps.plans.sections import Section, Sheet, Table, register
from apps.technology import checks, forms, needs, pictures, rules
from apps.technology.choices import Stage
from apps.technology.figures import figures, largest_model, tokens_by_right, without_right
from apps.technology.starters import usual_steps, usual_trends

# Fields so large that their digits cannot be read.
COUNTS = {"parameters", "tokens", "training_tokens", "size"}


def context(content: Content) -> dict[str, Any]:
    """Figures and pictures for the section's template."""
    today = timezone.localdate()
    runs, sources = content["run"], content["data"]
    tokens = tokens_by_right(content)
    largest, flops = largest_model(content)
    return {
        "empty": not any(
            is_filled(getattr(record, name))
            for part, record in content.records()
            for name in part.fields
        ),
        "pictures": {
            "lifecycle": pictures.lifecycle(content["step"], today),
            "run_costs": pictures.run_costs(runs, content.plan.currency),
            "rights": pictures.rights(tokens),
        },
        "profile_facts": facts(content, "profile"),
        "serving_facts": facts(content, "serving"),
        "stages": [
            (label, steps)
            for stage, label in [*Stage.choices, ("", _("Stage not chosen yet"))]
            if (steps := [step for step in content["step"] if step.stage == stage])
        ],
        "run_total": rules.total(run.cost for run in runs),
        "run_hours": rules.total(run.gpu_hours for run in runs),
        "run_flops": rules.scientific(flops),
        "run_flops_of": largest,
        "data_total": rules.total(source.cost for source in sources),
        "data_tokens": money.short_number(rules.total(source.size for source in sources)),
        "trained_on": money.short_number(rules.total(tokens.values())) if tokens else "",
        "without_right": without_right(content),
        "gates": [row for row in content["evaluation"] if row.gate],
        "sources": {part.name: evidenced(content, part.name) for part in content.section.parts},
        "warnings": checks.warnings(content),
    }


def facts(content: Content, part_name: str) -> list[dict[str, Any]]:
    """What a sheet says, in the form's order; answers to questions put away are marked."""
    part, record = content.section.part(part_name), content[part_name]
    put_away = needs.unused(getattr(record, part.form.decider), part.form.follow_ups)
    return [
        {
            "name": name,
            "label": part.label(name),
            "text": figure_text(record, name),
            "put_away": name in put_away,
        }
        for name in part.fields
        if is_filled(getattr(record, name))
    ]


def figure_text(record: Record, name: str) -> str:
    """A field as people read it: 30B parameters and not eleven digits."""
    if name in COUNTS and is_filled(getattr(record, name)):
        return money.short_number(getattr(record, name))
    return show(record, name)


def evidenced(content: Content, part_name: str) -> list[dict[str, Any]]:
    """The figures of a table that say where they come from."""
    part = content.section.part(part_name)
    return [
        {"record": row, "field": name, "label": part.label(name), "figure": figure_text(row, name)}
        for row in (content[part_name] if part.is_table else [])
        for name in part.quantified
        if row.evidence.get(name)
    ]


def monthly_costs(content: Content) -> list[MonthlyCost]:
    """Each run over its days, each data source in the month of its acquisition."""
    first = content.plan.start_month
    costs = []
    for run in content["run"]:
        amounts = rules.spread(run.cost, run.start, run.days, first)
        known = None if amounts is None else tuple(amounts)
        place = Place("technology", "run", run.uid)
        costs.append(MonthlyCost("runs", str(run), known, place, run.missing, run.start))
    for source in content["data"]:  # data may be free, a run never is
        amounts = rules.once(source.cost, source.acquired, first)
        if amounts is not None:
            place = Place("technology", "data", source.uid)
            costs.append(MonthlyCost("data", str(source), tuple(amounts), place))
    return costs


register(
    Section(
        name="technology",
        title=_("Technology"),
        lead=_("Which model, on what data, at what cost, and how good it must be to go live."),
        order=40,
        context=context,
        checks=checks.checks,
        monthly_costs=monthly_costs,
        figures=figures,
        parts=(
            Sheet(
                name="profile",
                form=forms.ProfileForm,
                title=_("Model profile"),
                intro=_(
                    "How you come by a model, what it builds on and what it must be able to do."
                ),
                needs=needs.profile_needs,
                quantified=("parameters", "training_tokens"),
            ),
            Table(
                name="step",
                form=forms.StepForm,
                title=_("Lifecycle"),
                singular=pgettext_lazy("technology", "step"),
                intro=_("From the first data to daily operation: three stages and their steps."),
                needs=needs.step_needs,
                since=PlanStage.PRE_SEED,
                columns=("name", "stage", "owner", "start", "end"),
                min_rows=3,
                starters=usual_steps,
                pictures=("lifecycle",),
            ),
            Table(
                name="data",
                form=forms.DataForm,
                title=_("Data sources"),
                singular=_("data source"),
                intro=_("What the model learns from, and whether you may train on it."),
                needs=needs.data_needs,
                quantified=("size", "cost"),
                columns=("name", "kind", "size_text", "right", "cost"),
                headings={"size_text": _("Tokens")},
                pictures=("rights",),
            ),
            Table(
                name="run",
                form=forms.RunForm,
                title=_("Model runs"),
                singular=pgettext_lazy("technology", "run"),
                intro=_(
                    "What training takes: FLOPs = 6 × parameters × tokens; from these the "
                    "GPU-hours, the cost and the days follow."
                ),
                needs=needs.run_needs,
                quantified=("tokens", "mfu", "overhead", "price"),
                columns=("name", "start", "end", "days_text", "cost_text"),
                headings={
                    "end": pgettext_lazy("technology", "End"),
                    "days_text": _("Days"),
                    "cost_text": _("Cost"),
                },
                pictures=("run_costs",),
            ),
            Sheet(
                name="serving",
                form=forms.ServingForm,
                title=_("Serving"),
                intro=_("What a million tokens cost once customers use the model."),
                needs=needs.serving_needs,
                since=PlanStage.PRE_SEED,
                quantified=(
                    "input_price",
                    "output_price",
                    "input_share",
                    "throughput",
                    "utilisation",
                    "price",
                ),
            ),
            Table(
                name="evaluation",
                form=forms.EvaluationForm,
                title=_("Evaluation"),
                singular=_("evaluation"),
                intro=_("How you will know that the model is good enough, and what holds it back."),
                needs=needs.evaluation_needs,
                since=PlanStage.PRE_SEED,
                quantified=("baseline", "target", "result"),
                columns=("name", "metric", "baseline", "target", "result"),
                min_rows=1,
                more_rows={PlanStage.GROWTH: 3},
            ),
            Table(
                name="tool",
                form=forms.ToolForm,
                title=_("Tools"),
                singular=pgettext_lazy("technology", "tool"),
                intro=_("What you build with, and why."),
                needs=("name", "kind", "reason"),
                since=PlanStage.PRE_SEED,
                columns=("name", "kind", "reason"),
                min_rows=1,
            ),
            Table(
                name="trend",
                form=forms.TrendForm,
                title=_("Trend watch"),
                singular=_("trend"),
                intro=_("What changes outside, what it does to you, and your answer."),
                needs=("name", "kind", "effect", "response"),
                since=PlanStage.PRE_SEED,
                columns=("name", "kind", "impact", "response"),
                min_rows=1,
                more_rows={PlanStage.GROWTH: 3},
                starters=usual_trends,
            ),
        ),
    )
)
