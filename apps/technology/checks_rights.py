"""Checks of rights: to the model, to the data, to offer the service. Used by checks.py only."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.plans.checks import Finding, Place
from apps.plans.contents import Content
from apps.plans.sections import registry
from apps.technology import rules
from apps.technology.choices import Right, Strategy
from apps.technology.computed import models
from apps.technology.models import Data, Profile, Run
from apps.technology.needs import STRATEGY_FIELDS, unused

MILESTONES = "projects.milestone"


def _profile(field: str) -> Place:
    return Place("technology", "profile", field=field)


def model_rights(profile: Profile) -> Iterator[Finding]:
    """A model that may not be sold, a teacher that may not be learned from."""
    put_away = unused(profile.strategy, STRATEGY_FIELDS)
    if profile.commercial_use is False and "commercial_use" not in put_away:
        yield Finding(
            "technology.base_not_commercial",
            "error",
            _(
                "The licence of the base model “%(name)s” does not permit commercial use. Get "
                "permission, or choose another base model."
            )
            % {"name": profile.base_model or money.UNKNOWN},
            (_profile("commercial_use"), _profile("base_model")),
        )
    if profile.teacher_permits is False and "teacher_permits" not in put_away:
        yield Finding(
            "technology.teacher_forbids",
            "error",
            _(
                "The terms of the teacher “%(name)s” forbid training on its output. Choose a "
                "teacher that allows it."
            )
            % {"name": profile.teacher or money.UNKNOWN},
            (_profile("teacher_permits"), _profile("teacher")),
        )


def data_rights(content: Content, today: date) -> Iterator[Finding]:
    """Every run with every source it uses, then every source by itself."""
    used: set[str] = set()
    for run in content["run"]:
        for source in run.sources:
            used.add(source.uid)
            yield from _use(run, source)
    for source in content["data"]:
        yield from _people(source)
        if source.expiry is not None and source.expiry < today:
            yield Finding(
                "technology.licence_expired",
                "error" if source.uid in used else "warning",
                _(
                    "The right to use “%(name)s” ended on %(day)s. Renew it, or stop using the "
                    "data and what was trained on it."
                )
                % {"name": source, "day": money.day(source.expiry)},
                (Place("technology", "data", source.uid, "expiry"),),
            )


def _use(run: Run, source: Data) -> Iterator[Finding]:
    places = (
        Place("technology", "run", run.uid, "data"),
        Place("technology", "data", source.uid, "right"),
    )
    words = {"run": run, "source": source}
    if source.right == Right.NO:
        yield Finding(
            "technology.data_without_right",
            "error",
            _(
                "The run “%(run)s” uses “%(source)s”, which you have no right to train on. Get "
                "the right or take the data out."
            )
            % words,
            places,
        )
    elif source.right_or_unknown == Right.UNKNOWN:
        yield Finding(
            "technology.data_without_right",
            "warning",
            _(
                "The run “%(run)s” uses “%(source)s”, but nobody knows yet whether you may train "
                "on it. Settle it before the run starts."
            )
            % words,
            places,
        )
    last = run.end or run.start
    if source.expiry is not None and last is not None and source.expiry < last:
        yield Finding(
            "technology.licence_ends_before_run",
            "error",
            _(
                "The run “%(run)s” goes on until %(last)s, but the right to use “%(source)s” ends "
                "on %(day)s. Renew it or start earlier."
            )
            % {**words, "last": money.day(last), "day": money.day(source.expiry)},
            (places[0], Place("technology", "data", source.uid, "expiry")),
        )


def _people(source: Data) -> Iterator[Finding]:
    if (source.personal or source.cross_border) and not source.safeguards.strip():
        message = (
            _("“%(name)s” holds personal data. Write down what protects the people in it.")
            if source.personal
            else _("“%(name)s” leaves its country. Write down on what basis, and what protects it.")
        )
        yield Finding(
            "technology.data_without_safeguards",
            "warning",
            message % {"name": source},
            (Place("technology", "data", source.uid, "safeguards"),),
        )


def training_compute(content: Content) -> Iterator[Finding]:
    """The compute thresholds of the EU AI Act, for each model over the runs that make it."""
    profile = content["profile"]
    if profile.eu_market is False:
        return
    for name, runs in models(content):
        known = [run for run in runs if run.flops]
        flops = rules.total(run.flops for run in known)
        found = None if flops is None else _threshold(flops, profile)
        if found:
            key, severity, message = found
            text = message % {"flops": rules.scientific(flops)}
            if name:
                text = _("%(model)s: %(finding)s") % {"model": name, "finding": text}
            largest = max(known, key=lambda run: run.flops)
            place = Place("technology", "run", largest.uid, "tokens")
            yield Finding(f"technology.{key}", severity, text, (place, _profile("eu_market")))


def _threshold(flops: Decimal, profile: Profile) -> tuple[str, str, Any] | None:
    """The highest threshold that the training passes."""
    if flops > rules.SYSTEMIC_RISK:
        return (
            "systemic_risk",
            "warning",
            _(
                "Training takes %(flops)s FLOPs, more than 1e25: in the EU the model is presumed "
                "to have systemic risk (AI Act, Article 51). Plan for the notification of the "
                "Commission and the duties of Article 55."
            ),
        )
    if flops > rules.GENERAL_PURPOSE:
        return (
            "general_purpose",
            "warning" if profile.eu_market else "hint",
            _(
                "Training takes %(flops)s FLOPs, more than 1e23: by the Commission's guidelines "
                "this indicates a general-purpose AI model. If it is offered in the EU, plan for "
                "the duties of Article 53 of the AI Act."
            ),
        )
    if flops > rules.MODIFIED and profile.strategy != Strategy.SCRATCH and profile.trains:
        return (
            "modified_general_purpose",
            "hint",
            _(
                "Changing the base model takes %(flops)s FLOPs, more than a third of 1e23: by the "
                "Commission's guidelines whoever changes a model so much may count as its "
                "provider in the EU. Compare it with the base model's own training."
            ),
        )
    return None


def filing(profile: Profile) -> Iterator[Finding]:
    """Interim Measures for Generative AI Services (2023), Article 17: filed before the launch."""
    if not profile.public_china or not registry.has(MILESTONES):
        return
    filed, launched = profile.filing_ref, profile.launch_ref
    if "hidden" in {filed.state, launched.state}:
        return
    if filed.state != "found":
        yield Finding(
            "technology.no_filing",
            "error",
            _(
                "The generative service is open to the public in China, but no milestone stands "
                "for its filing. Add one before the launch and choose it here."
            ),
            (_profile("filing"), Place("projects", "milestone")),
        )
        return
    granted, launch = day_of(filed.row), day_of(launched.row)
    if granted is not None and launch is not None and granted > launch:
        yield Finding(
            "technology.filing_after_launch",
            "error",
            _(
                "“%(launch)s” on %(launch_day)s comes before “%(filing)s” on %(filing_day)s. A "
                "generative service may not open to the public in China before it is filed."
            )
            % {
                "launch": launched,
                "launch_day": money.day(launch),
                "filing": filed,
                "filing_day": money.day(granted),
            },
            (_profile("launch"), Place("projects", "milestone", profile.filing)),
        )


def day_of(milestone: Any) -> date | None:
    """When a milestone of the project section was reached or is due."""
    return getattr(milestone, "reached", None) or getattr(milestone, "due", None)
