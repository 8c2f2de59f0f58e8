"""The PDF of what a link shows, the chapters or the one page, with the recipient's name at the foot
of each page. Made by the exports app like any other; kept for the link, so that the same content is
printed once."""

from django.db import transaction

from apps.exports.models import Edition, Export, State
from apps.exports.services import request_export
from apps.plans.services import hold
from apps.sharing import shown
from apps.sharing.models import ShareLink
from apps.versions.models import Reason
from apps.versions.services import take_version


@transaction.atomic
def request_copy(*, link: ShareLink, language: str) -> Export:
    """Made, being made or queued now."""
    hold(link.plan)
    version = link.version or take_version(plan=link.plan, by=None, reason=Reason.GUEST)
    made = link.exports.filter(version=version, language=language)
    if copy := made.exclude(state=State.FAILED).order_by("-pk").first():
        return copy
    copy = request_export(
        plan=link.plan, by=None, language=language, hidden=shown.hidden(link), version=version,
        edition=Edition.ONE_PAGE if link.summary_only else Edition.FULL, watermark=link.recipient,
    )  # fmt: skip
    link.exports.add(copy)
    return copy


def file_name(link: ShareLink, copy: Export) -> str:
    """After the title that the link shows, which an older version may have another one of."""
    copy.plan = shown.contents(link).plan
    return copy.download_name
