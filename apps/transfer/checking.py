"""Is a document from outside a plan? Every mistake with its place, everything unknown by name.

``check`` never raises and writes nothing. What it returns as ``document`` is canonical (it dumps as
it reads) and is only there if there is no error. No query but the database's own constraints, which
are asked for each record that has any.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.plans.contents import Contents
from apps.plans.document import FORMAT, Document, dump, restore, to_json
from apps.plans.fields import new_uid
from apps.plans.models import Plan, Record
from apps.plans.sections import Part, Section, registry
from apps.transfer.inputs import form_data, must_be_given, name_field
from apps.transfer.merging import merge
from apps.transfer.problems import Checked, Place
from apps.transfer.reading import printable
from apps.transfer.schema import MAX_ROWS, UID, setting
from apps.transfer.values import clean, clean_evidence, leads_nowhere

MAX_ALL_ROWS = 5_000
# Words that stand where a row's uid does in an address; see plans.urls.
RESERVED = {"new", "rows", "starters"}


def check(
    given: dict[str, Any], *, current: Document | None = None, hidden: frozenset[str] = frozenset()
) -> Checked:
    """``current``: the plan whose content it shall replace, as the person sees it; what the file
    does not name stays as it is there. Sections ``hidden`` from the person are left out."""
    checker = _Checker(current or {}, hidden)
    checker.run(given)
    return checker.found


class _Checker:
    def __init__(self, current: Document, hidden: frozenset[str]) -> None:
        self.current, self.hidden = current, hidden
        self.found = Checked()
        self.rows = 0
        # The records of the file: place, part, and where they stand in the merged contents.
        self.records: list[tuple[Place, str, Part, int]] = []

    def run(self, given: dict[str, Any]) -> None:
        if given.get("format") != FORMAT:
            self.error(
                Place(), _("This is not a plan document: its first line must be %(line)s.")
                % {"line": f'"format": "{FORMAT}"'}
            )  # fmt: skip
            return
        for name in given.keys() - {"format", "plan", "sections"}:
            self.found.left_out[printable(name)] += 1
        plan = self.settings(given.get("plan", {}))
        sections = self.sections(given.get("sections", {}))
        if self.found.errors:
            return
        merged = merge(self.current, plan, sections)
        contents = restore(merged)
        for place, path, part, index in self.records:
            value = contents.part(path)
            record = value[index] if part.is_table else value
            self.check_constraints(place, part, record, contents)
            self.note_lost_references(place, part, record, contents)
        if not self.found.errors:
            self.found.document = dump(contents)

    def error(self, place: Place, message: str, field: str = "") -> None:
        self.found.errors.append(place.problem(message, field))

    # --- Fields ----------------------------------------------------------------------------------
    def settings(self, given: Any) -> dict[str, Any]:
        place = Place(section=_("Plan settings"))
        if not isinstance(given, dict):
            self.error(place, _needs_object())
            return {}
        for name in given.keys() - set(Plan.CONTENT):
            self.found.left_out[place.left_out(name)] += 1
        if not self.current and "title" not in given:
            self.error(place, _("A plan needs a title."), capfirst(setting("title").verbose_name))
        cleaned = {}
        for name in Plan.CONTENT:
            if name in given:
                label = capfirst(setting(name).verbose_name)
                cleaned[name] = self.value(place, label, clean, setting(name), given[name])
        return cleaned

    def value(self, place: Place, label: str, made: Any, *given: Any) -> Any:
        """``made(*given)`` in document form; None and an error if it is refused."""
        try:
            return to_json(made(*given))
        except ValidationError as error:
            self.error(place, " ".join(error.messages)[:400], label)
        except ArithmeticError:
            self.error(place, _("This number cannot be read."), label)
        return None

    def record(self, place: Place, part: Part, given: dict[str, Any], new: bool) -> dict[str, Any]:
        cleaned: dict[str, Any] = {}
        for name in given.keys() - {*part.fields, "evidence", "uid"}:
            self.found.left_out[place.left_out(name)] += 1
        for name in part.fields:
            label = str(part.label(name))
            if name in given:
                field = part.model_field(name)
                cleaned[name] = self.value(place, label, clean, field, given[name])
            elif new and must_be_given(part, name):
                self.error(place, _("Every row needs this."), label)
        evidence = given.get("evidence", {})
        if not isinstance(evidence, dict):
            self.error(place, _needs_object(), _("Evidence"))
            return cleaned
        for name in evidence.keys() - set(part.quantified):
            self.found.left_out[place.left_out(f"evidence.{name}")] += 1
        held = {}
        for name in part.quantified:
            if name in evidence:
                label = f"{part.label(name)} ({_('Evidence')})"
                held[name] = self.value(place, label, clean_evidence, name, evidence[name])
        return {**cleaned, "evidence": {name: one for name, one in held.items() if one}}

    # --- Sections, parts, rows -------------------------------------------------------------------
    def sections(self, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            self.error(Place(), _needs_object(), "sections")
            return {}
        cleaned = {}
        for name, parts in given.items():
            if name not in registry or name in self.hidden:
                self.found.left_out[printable(name)] += 1
                continue
            section = registry[name]
            place = Place(section=str(section.title))
            if not isinstance(parts, dict):
                self.error(place, _needs_object())
                continue
            known = {part.name: part for part in section.parts}
            for unknown in parts.keys() - known.keys():
                self.found.left_out[place.left_out(unknown)] += 1
            cleaned[name] = {
                part.name: self.part(section, part, parts[part.name])
                for part in section.parts
                if part.name in parts
            }
        return cleaned

    def part(self, section: Section, part: Part, given: Any) -> Any:
        path = f"{section.name}.{part.name}"
        place = Place(str(section.title), str(part.title))
        if not part.is_table:
            if not isinstance(given, dict):
                self.error(place, _needs_object())
                return {}
            self.records.append((place, path, part, 0))
            return self.record(place, part, given, new=False)
        if not isinstance(given, list):
            self.error(place, _("Write the rows as a list: [{…}, {…}]."))
            return []
        self.rows += len(given)
        if len(given) > MAX_ROWS or self.rows > MAX_ALL_ROWS:
            self.error(
                place, _("Too many rows: at most %(table)s in a table and %(plan)s in a plan.")
                % {"table": MAX_ROWS, "plan": MAX_ALL_ROWS}
            )  # fmt: skip
            return []
        return self.table(path, part, place, given)

    def table(self, path: str, part: Part, at: Place, given: list[Any]) -> list[dict[str, Any]]:
        section_name, _dot, part_name = path.partition(".")
        held = self.current.get("sections", {}).get(section_name, {}).get(part_name) or []
        known = {row["uid"] for row in held}
        taken: set[str] = set()
        rows = []
        for index, row in enumerate(given):
            place = Place(at.section, at.part, _called(part, index, row))
            if not isinstance(row, dict):
                self.error(place, _needs_object())
                continue
            uid = row.get("uid", None) or new_uid()
            if problem := _uid_problem(uid, taken):
                self.error(place, problem, "uid")
                continue
            taken.add(uid)
            self.records.append((place, path, part, index))
            rows.append({"uid": uid, **self.record(place, part, row, new=uid not in known)})
        return rows

    # --- The whole -------------------------------------------------------------------------------
    def check_constraints(
        self, place: Place, part: Part, record: Record, contents: Contents
    ) -> None:
        """What the database would refuse, in the words of the editor's form."""
        for constraint in part.model._meta.constraints:
            if not isinstance(constraint, CheckConstraint):
                continue
            try:
                constraint.validate(part.model, record)
            except ValidationError:
                break
        else:
            return
        data = form_data(part, record)
        form = part.form(data, instance=record, part=part, contents=contents, fold=False)
        said = [
            (str(part.label(name)), str(message))
            for name, messages in form.errors.items()
            for message in messages
            if name in part.fields
        ]
        for label, message in said or [("", _("These values do not go together. Correct one."))]:
            self.error(place, message, label)

    def note_lost_references(
        self, place: Place, part: Part, record: Record, contents: Contents
    ) -> None:
        known = self._known(contents)
        for name in part.fields:
            lost = leads_nowhere(part.model_field(name), getattr(record, name), known)
            if lost:
                shown = ", ".join(printable(uid) for uid in lost[:5])
                message = _("Refers to what is not in the plan and will read “removed”: %(uids)s.")
                self.found.notes.append(
                    place.problem(message % {"uids": shown}, str(part.label(name)))
                )

    def _known(self, contents: Contents) -> dict[str, set[str]]:
        """The uids of every table that the person may see, read once."""
        if not hasattr(self, "_uids"):
            self._uids = {
                f"{section.name}.{part.name}": {
                    row.uid for row in contents.part(f"{section.name}.{part.name}")
                }
                for section in registry
                if section.name not in self.hidden
                for part in section.parts
                if part.is_table
            }
        return self._uids


def _needs_object() -> str:
    return _("Write an object here: {…}.")


def _called(part: Part, index: int, row: Any) -> str:
    """“3 · Shops”: the row's number, and its name if it has one."""
    name = row.get(name_field(part)) if isinstance(row, dict) else None
    number = _("Row %(number)s") % {"number": index + 1}
    return f"{number} · {printable(name)}" if isinstance(name, str) and name else number


def _uid_problem(uid: Any, taken: set[str]) -> str:
    if not isinstance(uid, str) or not re.fullmatch(UID, uid) or uid in RESERVED:
        return _("A uid has 1 to 32 letters, digits, - or _. Correct it, or leave it out.")
    if uid in taken:
        return _("Another row of this table has the same uid. Give each row its own.")
    return ""
