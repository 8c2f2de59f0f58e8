"""A form whose later questions depend on one answer. Used by forms.py only."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.plans.evidence import KEYS, input_name
from apps.plans.forms import RecordForm
from apps.technology.needs import Fields, unused


class FollowUpForm(RecordForm):
    """Questions that the answer does not call for are put away: they are not shown, and what was
    written in them stays in the record and comes back with another answer.

    While the answer is open, all are shown. A new answer is followed at once where there is htmx,
    and by a button without; what was typed but not saved travels along in hidden inputs.
    """

    follow_ups: dict[str, Fields] = {}
    redraw_label = _("Show the questions for this choice")

    def __init__(
        self, data: Any = None, *args: Any, answers: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        posted = data if answers is None else answers
        saved_answer = getattr(self.instance, self.decider)
        answer = saved_answer if posted is None else posted.get(self.decider, saved_answer)
        self.put_away = unused(answer, self.follow_ups)
        self.widgets_of_kept: dict[str, forms.Widget] = {}
        # A posted form leaves alone what it did not show: what either answer puts away.
        unseen = dict.fromkeys(
            (*self.put_away, *(unused(saved_answer, self.follow_ups) if data else ()))
        )
        for name in unseen:
            self._put_away(name, posted or {})
        if answers is not None:
            self._take_over(answers)
        self._explain()

    def _put_away(self, name: str, posted: Mapping[str, Any]) -> None:
        for field in (name, *(input_name(name, key) for key in KEYS)):
            if field not in self.fields:
                continue
            if name not in posted:
                del self.fields[field]
            elif name in self.put_away:
                self.widgets_of_kept[field] = self.fields[field].widget
                self.fields[field].widget = self.fields[field].hidden_widget()

    def _take_over(self, answers: Mapping[str, Any]) -> None:
        """Begin with what was typed, as it was typed; nothing is judged before it is saved."""
        follow_ups = {name for names in self.follow_ups.values() for name in names}
        for name, field in self.fields.items():
            if name in answers or name.partition("__")[0] not in follow_ups:
                self.initial[name] = field.widget.value_from_datadict(answers, {}, name)

    def _explain(self) -> None:
        """Say what is not asked, and leave the headings without questions out."""
        if self.put_away:
            labels = [f"“{self.label_of(name)}”" for name in self.put_away]
            self.fields[self.decider].help_text = _(
                "Not asked for this choice: %(fields)s. Nothing that was written in them is lost."
            ) % {"fields": _(", ").join(map(str, labels))}
        self.groups = tuple(
            (title, members) for title, members in self.groups if self._asked() & set(members)
        )
        self.helper.layout = self._layout()

    def _asked(self) -> set[str]:
        return self.fields.keys() - self.widgets_of_kept.keys()

    def full_clean(self) -> None:
        super().full_clean()
        for name, widget in self.widgets_of_kept.items():
            if name in self.errors:  # nobody can mend what is hidden
                self.fields[name].widget = widget

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kept = self.before.get("evidence", {})
        self.instance.evidence |= {
            name: kept[name]
            for name in self.part.quantified
            if name in kept and name not in self.fields
        }
        return cleaned
