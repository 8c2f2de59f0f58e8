"""The pages of comments read in Chinese."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.comments import services
from apps.comments.models import Thread, Visibility
from apps.plans import samples
from apps.plans.checks import Place
from apps.plans.models import Plan
from apps.plans.services import create_plan
from tests.comments.conftest import FIELD, SECTION, TABLE, row_of
from tests.conftest import add_members
from tests.test_pages_in_chinese import assert_chinese


def talked_about(cast: dict[str, User]) -> tuple[Plan, Place, list[Thread]]:
    """A Chinese plan with a thread in every state."""
    User.objects.update(language="zh-hans")
    document = samples.document("customer_service", "zh-hans")
    plan = add_members(create_plan(by=cast["owner"], document=document), cast)
    field = Place(SECTION, TABLE, row_of(plan).uid, FIELD)
    threads = [
        services.start_thread(plan=plan, place=place, text="为什么？", by=by, guest_name=guest,
                              visibility=visibility)
        for place, by, guest, visibility in (
            (field, cast["mentor"], "", Visibility.EVERYONE),
            (Place(SECTION), cast["owner"], "", Visibility.FOUNDERS),
            (Place(""), None, "顾问", Visibility.EVERYONE),
        )
    ]  # fmt: skip
    for number in range(5):
        comment = services.reply(thread=threads[0], text=f"回复 {number}", by=cast["owner"])
    services.edit(comment=comment, text="改过的回复")
    services.assign(thread=threads[0], assignee=cast["owner"], by=cast["mentor"])
    services.resolve(thread=threads[1], by=cast["owner"])
    row = row_of(plan)
    type(row).objects.filter(pk=row.pk).update(**{FIELD: "改过的内容"})
    return plan, field, threads


def test_every_page_and_answer(cast: dict[str, User], as_: Any) -> None:
    plan, field, threads = talked_about(cast)
    written = json.dumps(samples.document("customer_service", "zh-hans"), ensure_ascii=False)
    client: Client = as_("owner")
    here = [plan.uid]
    query = "&".join(f"{name}={value}" for name, value in vars(field).items())
    start = reverse("comments:start", args=here) + f"?{query}"
    edit = reverse("comments:edit", args=[plan.uid, threads[0].comments.last().uid])
    reply = reverse("comments:reply", args=[plan.uid, threads[0].uid])
    pages = [
        *(f"{reverse('comments:list', args=here)}?show={name}" for name in
          ("open", "unread", "mine", "resolved")),
        reverse("comments:section", args=[plan.uid, SECTION]),
        reverse("plans:section", args=[plan.uid, SECTION]),
        reverse("plans:row", args=[plan.uid, SECTION, TABLE, field.row]),
        reverse("plans:people", args=here),
        start,
        edit,
    ]  # fmt: skip
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        assert_chinese(response.text, written)
    for page in (start, reply, edit):
        for wrong in ({"text": ""}, {"text": "字" * 5001, "notify": "0"}):
            response = client.post(page, wrong)
            assert response.status_code == 422
            assert_chinese(response.text, written)
    gone = client.post(reverse("comments:reply", args=[plan.uid, "notthere"]), {"text": "字"})
    assert gone.status_code == 404
    assert_chinese(gone.text, written)
    for name in ("reply", "resolve", "reopen", "assign"):
        url = reverse(f"comments:{name}", args=[plan.uid, threads[0].uid])
        assert_chinese(client.post(url, {"text": "字"}, follow=True).text, written)
