"""Telling people of an event. Called by features inside the transaction of what happened."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.notices.kinds import KINDS
from apps.notices.models import Mail, Notice, Preference
from apps.plans.models import Plan


@transaction.atomic
def notify(
    *,
    kind: str,
    plan: Plan,
    to: Iterable[User],
    key: str,
    url: str,
    by: User | None = None,
    by_name: str = "",
    section: str = "",
    mail: bool = True,
    **params: Any,
) -> list[Notice]:
    """Tell each of ``to`` but ``by`` of the event ``key``, once; mails go out after the commit.

    ``mail=False``: in the product only (a comment whose review's one mail tells of it).
    """
    people = {person.pk: person for person in to if by is None or person.pk != by.pk}
    told = Notice.objects.filter(key=key, recipient__in=people).values_list("recipient", flat=True)
    for pk in list(told):
        del people[pk]
    default = KINDS[kind].mail if mail else Mail.NONE
    chosen = dict(Preference.objects.filter(user__in=people, kind=kind).values_list("user", "mail"))
    return Notice.objects.bulk_create(
        Notice(
            recipient=person, plan=plan, kind=kind, by=by, by_name=by_name or str(by or ""),
            section=section, params=params, url=url, key=key,
            mail=chosen.get(person.pk, default) if mail else Mail.NONE,
        )
        for person in people.values()
    )  # fmt: skip
