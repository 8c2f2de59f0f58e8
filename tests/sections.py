"""Contents and form data for tests that go through every section. Nothing here names one."""

from typing import Any

from apps.plans import samples
from apps.plans.contents import Contents
from apps.plans.document import restore
from apps.plans.models import Plan
from apps.plans.sections import Part, Section, registry

LANGUAGES = ["en", "zh-hans"]
SAMPLES = samples.names()


def sample_contents(language: str = "en", name: str = "customer_service") -> Contents:
    return restore(samples.document(name, language))


def blank_contents() -> Contents:
    return restore(
        {"format": "ventureplan/1", "plan": {}, "sections": {s.name: {} for s in registry}}
    )


def first_record(section: Section, part: Part) -> Any:
    value = sample_contents().part(f"{section.name}.{part.name}")
    return (value[0] if value else part.model()) if part.is_table else value


def posted(part: Part, record: Any, contents: Contents) -> dict[str, Any]:
    """What a browser would send for the record's form as it stands."""
    form = part.form(instance=record, part=part, contents=contents)
    data = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, dict):
            data |= {f"{name}-{uid}": score for uid, score in value.items()}
        elif value is not None and value != "":
            data[name] = value
    return data


def fill(plan: Plan, part: Part, rows: int) -> None:
    """Rows copied from the sample's, until there are ``rows`` of them."""
    section = next(s for s in registry if part in s.parts)
    models_of = sample_contents().part(f"{section.name}.{part.name}")
    objects = part.model._default_manager
    have = objects.filter(plan=plan).count()
    new = []
    for index in range(have, rows):
        source = models_of[index % len(models_of)] if models_of else part.model()
        values = {name: getattr(source, name) for name in part.fields}
        new.append(part.model(plan=plan, position=index, revision=1, uid=f"row-{index}", **values))
    objects.bulk_create(new)
