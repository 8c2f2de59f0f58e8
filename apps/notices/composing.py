"""The mails themselves: one of a single notice, one of a day's. Text and HTML, in the reader's
language. Nothing here sends or decides who gets one; see sending.py."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.notices import links
from apps.notices.kinds import KINDS
from apps.notices.models import Notice
from apps.notices.sentences import details, facts, quote, sentence
from apps.notices.services import DIGEST

MOST_LINES = 20  # of one plan in a digest; the notices page has them all


def single(notice: Notice) -> EmailMultiAlternatives:
    with translation.override(notice.recipient.language):
        context = {**line(notice), "details": details(notice), "stops": KINDS[notice.kind].title}
        return message(
            "notice", notice.recipient, sentence(notice), context,
            scope=notice.kind, identity=notice.uid,
        )  # fmt: skip


def digest(reader: User, notices: Sequence[Notice]) -> EmailMultiAlternatives:
    """``notices`` of any number of plans, oldest first."""
    with translation.override(reader.language):
        by_plan = sorted(notices, key=lambda notice: (notice.plan.title, notice.plan_id))
        plans = [
            {"plan": found[0].plan, "lines": [line(notice) for notice in found[-MOST_LINES:]],
             "earlier": max(0, len(found) - MOST_LINES),
             "link": links.absolute("plans:page", found[0].plan.uid)}
            for _plan, group in groupby(by_plan, key=lambda notice: notice.plan_id)
            if (found := list(group))
        ]  # fmt: skip
        return message(
            "digest", reader, digest_subject(plans, len(notices)),
            {"plans": plans, "count": len(notices)},
            scope=DIGEST, identity=f"digest-{notices[0].uid}",
        )  # fmt: skip


def digest_subject(plans: list[dict[str, Any]], count: int) -> str:
    news = ngettext("%(count)s thing is new", "%(count)s things are new", count) % {"count": count}
    if len(plans) == 1:
        return _("%(news)s in “%(plan)s”") % {"news": news, "plan": plans[0]["plan"].title}
    on_plans = ngettext("on %(count)s plan", "on %(count)s plans", len(plans))
    on_plans %= {"count": len(plans)}
    return _("%(news)s %(on_plans)s") % {"news": news, "on_plans": on_plans}


def line(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "sentence": sentence(notice),
        "facts": facts(notice),
        "quote": quote(notice),
        "link": links.absolute("notices:open", notice.uid),
    }


def message(
    template: str, reader: User, subject: str, context: dict[str, Any], *, scope: str, identity: str
) -> EmailMultiAlternatives:
    stop = links.absolute("notices:unsubscribe", links.unsubscribe_token(reader, scope))
    context |= {
        "reader": reader,
        "subject": subject,
        "stop_link": stop,
        "all_link": links.absolute("notices:list"),
        "preferences_link": links.absolute("notices:preferences"),
        "site_link": settings.SITE_URL,
        "html_lang": "zh-Hans" if reader.language == "zh-hans" else "en",
    }
    mail = EmailMultiAlternatives(
        " ".join(subject.split()),  # a title may hold a line break, a header may not
        render_to_string(f"notices/mail/{template}.txt", context),
        to=[reader.email],
        headers={
            # The same at every attempt: a mail that went although it seemed not to is shown once.
            "Message-ID": f"<{identity}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string(f"notices/mail/{template}.html", context), "text/html")
    return mail
