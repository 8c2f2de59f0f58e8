"""Changes of many rows at once, which a table declares by ``BulkChange``: the baseline of a whole
schedule. A section says what to ask and what to change; the versions app carries it out, keeping
the plan as a version first.
"""

from typing import Any

from django import forms

from apps.plans.contents import Content
from apps.plans.plan_forms import StyledForm


class BulkForm(StyledForm, forms.Form):
    """What has to be known before. The button alone must do: no field is required.

    ``asks``: whether the person is asked first; ``question`` then says what is at stake.
    """

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        self.content = content
        super().__init__(*args, **kwargs)

    @property
    def asks(self) -> bool:
        return False

    @property
    def question(self) -> str:
        return ""
