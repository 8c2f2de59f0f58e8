"""Two people saved the same record: what each one changed, and a merge that loses nothing.

Fields that only one side changed are merged; where both changed the same field, the form keeps
this person's text and shows the other one beside it, to be taken with one click.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from apps.plans.contents import Contents
from apps.plans.display import show_stored
from apps.plans.document import dump_record
from apps.plans.evidence import KEYS, input_name
from apps.plans.forms import RecordForm
from apps.plans.models import Activity, Plan, Record
from apps.plans.sections import Part, Section

TAKE = "take"  # input name: the fields in which the other person's text is to be kept


@dataclass(frozen=True)
class Clash:
    """A field both sides changed, all three texts as people read them."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str


@dataclass
class Conflicted:
    """``mine`` is the bound, valid form; ``base`` the revision it was started from."""

    plan: Plan
    section: Section
    part: Part
    mine: RecordForm
    base: int
    current: Record
    contents: Contents
    clashes: list[Clash] = field(default_factory=list)
    only_theirs: list[Clash] = field(default_factory=list)
    merged: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.current.contents = self.contents
        mine = dump_record(self.part, self.mine.instance)
        theirs = dump_record(self.part, self.current)
        base = text_at(
            plan=self.plan, section=self.section, part=self.part, record=self.current,
            base=self.base,
        )  # fmt: skip
        for name in [*self.part.fields, "evidence"]:
            texts = [data.get(name) or None for data in (base, theirs, mine)]
            was, now, wanted = texts
            if now == wanted:
                continue
            clash = self._clash(name, texts)
            if wanted == was:
                self.only_theirs.append(clash)
                continue
            if now != was:
                self.clashes.append(clash)
            self._keep_mine(name)

    def _clash(self, name: str, texts: list[Any]) -> Clash:
        if name == "evidence":
            texts = self._differing(texts)
        label = self.part.label(name) if name != "evidence" else _evidence_label()
        shown = [show_stored(self.part, self.current, name, text) for text in texts]
        return Clash(name, str(label), *shown)

    def _differing(self, texts: list[Any]) -> list[Any]:
        """Of each evidence the fields that not all have alike, in the form's order."""
        given = [text or {} for text in texts]
        names = [
            name
            for name in self.part.quantified
            if any(one.get(name) != given[0].get(name) for one in given)
        ]
        return [{name: one[name] for name in names if name in one} for one in given]

    def _keep_mine(self, name: str) -> None:
        """Let the merged form start from this person's value."""
        if name != "evidence":
            self.merged[name] = self.part.model_field(name).value_from_object(self.mine.instance)
            return
        for quantified in self.part.quantified:
            given = self.mine.instance.evidence.get(quantified, {})
            for key in KEYS:
                self.merged[input_name(quantified, key)] = given.get(key, "")


def text_at(*, plan: Plan, section: Section, part: Part, record: Record, base: int) -> dict:
    """The record's document form as it was at revision ``base``, rebuilt from the activity."""
    text = dump_record(part, record)
    later = Activity.objects.filter(
        plan=plan, section=section.name, part=part.name, row=record.uid, revision__gt=base
    ).order_by("-revision")
    for change in later:
        for name, (old, _new) in change.changes.items():
            text[name] = old
    return text


def _evidence_label() -> str:
    from django.utils.translation import gettext

    return gettext("Evidence")


def resolve_choices(posted: QueryDict, current: RecordForm) -> QueryDict:
    """The posted data, with the stored value for each field whose other text was chosen."""
    taken = posted.getlist(TAKE)
    if not taken:
        return posted
    data = posted.copy()
    names = [name for name in taken if name in current.fields]
    if "evidence" in taken:
        names += [input_name(item, key) for item in current.part.quantified for key in KEYS]
    for name in names:
        value = current[name].value()
        if isinstance(value, dict):
            for uid, _label in current.fields[name].widget.rows:
                data[f"{name}-{uid}"] = str(value.get(uid, ""))
            continue
        data.setlist(name, value if isinstance(value, list) else ["" if value is None else value])
    return data
