"""One section as read-only HTML: the same for the mentor's page, an old version and the PDF."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.plans.contents import Content


def render_section(content: Content, *, printed: bool = False, guest: bool = False) -> SafeString:
    """The section's template, filled. Makes no query if the contents come from a document. Only a
    ``printed`` one names the pages that its references lead to. What is broken is said to members:
    a ``guest`` reads none of it."""
    return render_to_string(
        content.section.template,
        {
            "plan": content.plan,
            "section": content.section,
            "content": content,
            "printed": printed,
            **content.context(),
            **({"warnings": ()} if guest else {}),
        },
    )
