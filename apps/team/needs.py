"""What a complete record holds at each stage of the venture. Used by section.py only."""

from apps.plans.models import Stage
from apps.plans.sections import registry
from apps.plans.stages import reached
from apps.team.models import Organisation, Responsibility, Role, Subject, Training

Fields = tuple[str, ...]


def organisation(sheet: Organisation) -> Fields:
    """Founders alone need no structure; whoever hires does."""
    needs: Fields = ("culture",)
    if reached(Stage.PRE_SEED, sheet):
        needs += ("structure",)
    if reached(Stage.SEED, sheet):
        needs += ("structure_reason", "incentive_principles")
    if reached(Stage.GROWTH, sheet):
        needs += ("growth",)
    return needs


def role(row: Role) -> Fields:
    """Payroll begins with the first money."""
    needs: Fields = ("title", "purpose", "duties", "share", "status")
    if reached(Stage.PRE_SEED, row):
        needs += ("start", "salary", "on_cost")
    if reached(Stage.SEED, row):
        needs += ("decisions",)
    return needs


def training(row: Training) -> Fields:
    """A growing company shows that its training took."""
    needs: Fields = ("skill", "roles", "date", "cost")
    return (*needs, "provider", "proof") if reached(Stage.GROWTH, row) else needs


def responsibility(row: Responsibility) -> Fields:
    """The subject field depends on the kind; text will do where the plan has no such rows."""
    targets = {Subject.MILESTONE: "projects.milestone", Subject.STEP: "technology.step"}
    if row.kind == Subject.SECTION:
        subject = "section"
    elif row.subject or not registry.has(targets.get(row.kind, "")):
        subject = "subject"
    else:
        subject = str(row.kind)
    return ("kind", subject, "responsible", "accountable")
