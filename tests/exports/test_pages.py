"""The export page and one export's progress, file and retry, for each role."""

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.exports import services
from apps.exports.models import Export, Failure, State
from apps.plans.models import HiddenSection, Role
from apps.plans.sections import registry
from tests.exports.conftest import finish

pytestmark = pytest.mark.django_db


def url(name, export):
    return reverse(f"exports:{name}", args=[export.plan.uid, export.uid])


def test_asking_for_a_pdf_leads_to_its_progress(plan, as_, woken):
    client = as_("owner")
    page = client.get(reverse("exports:list", args=[plan.uid]))
    assert page.status_code == 200
    data = {"language": "zh-hans", "sections": ["market", "team"]}
    answer = client.post(reverse("exports:list", args=[plan.uid]), data)
    export = Export.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == url("export", export)
    assert export.language == "zh-hans"
    assert b'hx-trigger="every 1s"' in client.get(answer["Location"]).content


def test_a_language_that_is_none_gets_the_form_again(plan, as_):
    answer = as_("owner").post(reverse("exports:list", args=[plan.uid]), {"language": "tlh"})
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_the_state_as_json(export, as_):
    client = as_("viewer")
    state = {"state": "queued", "percent": 0, "stage": "", "reason": "", "place": 1}
    assert client.get(url("state", export)).json() == state
    services.renew(services.claim(export.pk), "layout", 40)
    state = {"state": "running", "percent": 40, "stage": "layout", "reason": "", "place": None}
    assert client.get(url("state", export)).json() == state


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_state_has_its_page(export, as_, owner, language):
    owner.language = language
    owner.save()
    client, page = as_("owner"), url("export", export)
    chinese = language == "zh-hans"

    def shown():
        return client.get(page).content.decode()

    assert ("排在最前" if chinese else "Next in the queue") in shown()
    claimed = services.claim(export.pk)
    services.renew(claimed, "layout", 40)
    assert ("正在排版" if chinese else "laying out the pages") in shown()
    services.fail(claimed, Failure.MEMORY)
    text = shown()
    assert ("内存" if chinese else "more memory than one export may use") in text
    assert reverse("exports:retry", args=[export.plan.uid, export.uid]) in text
    assert 'hx-trigger="every 1s"' not in text
    services.retry_export(export=export)
    finish(export, missing_glyphs="☃")
    text = shown()
    assert url("file", export) in text
    assert "☃" in text


def test_htmx_gets_the_changing_part_only(export, as_):
    answer = as_("owner").get(url("export", export), headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="export"' in answer.content
    assert "no-store" in answer["Cache-Control"]


def test_the_file_is_a_download_with_its_own_name(finished, as_):
    finished.plan.title = "创业 计划/2027"
    finished.plan.save()
    answer = as_("mentor").get(url("file", finished))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 test"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "%E5%88%9B%E4%B8%9A" in answer["Content-Disposition"]
    assert "v1.pdf" in answer["Content-Disposition"]
    answer.close()


def test_no_file_before_it_is_done(export, as_):
    assert as_("owner").get(url("file", export)).status_code == 404


def test_a_file_that_vanished_is_not_found(finished, as_):
    services.delete_file(finished.file.name)
    assert as_("owner").get(url("file", finished)).status_code == 404


@pytest.mark.parametrize("name", ["export", "state", "file"])
def test_whoever_may_not_see_a_section_has_no_export_of_it(finished, as_, name):
    HiddenSection.objects.create(plan=finished.plan, section="team", role=Role.MENTOR)
    assert as_("mentor").get(url(name, finished)).status_code == 404
    assert as_("stranger").get(url(name, finished)).status_code == 404
    answer = as_("viewer").get(url(name, finished))
    assert answer.status_code == 200
    answer.close()
    listed = as_("mentor").get(reverse("exports:list", args=[finished.plan.uid]))
    assert list(listed.context["exports"]) == []
    assert listed.context["kept_back"] == 1


def test_a_total_would_tell_of_a_section_that_is_counted_but_not_printed(plan, as_, woken, owner):
    export = services.request_export(plan=plan, by=owner, language="en", sections=["funding"])
    assert as_("mentor").get(url("export", export)).status_code == 200
    HiddenSection.objects.create(plan=plan, section="team", role=Role.MENTOR)
    assert as_("mentor").get(url("export", export)).status_code == 404


def test_all_chapters_are_chosen_at_first_and_a_wrong_choice_is_said(plan, as_):
    address, client = reverse("exports:list", args=[plan.uid]), as_("owner")
    form = client.get(address).context["form"]
    assert form["sections"].value() == [section.name for section in registry]
    answer = client.post(address, {"language": "en"})
    assert answer.status_code == 422
    assert "Choose at least one chapter." in answer.content.decode()


def test_an_export_is_found_under_its_own_plan_only(finished, as_, owner):
    from apps.plans.services import create_plan

    other = create_plan(by=owner, title="Other")
    there = reverse("exports:file", args=[other.uid, finished.uid])
    assert as_("owner").get(there).status_code == 404


def test_retry_queues_a_failed_export(export, as_, woken, django_capture_on_commit_callbacks):
    services.fail(services.claim(export.pk), Failure.CRASH)
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_("viewer").post(url("retry", export))
    assert answer["Location"] == url("export", export)
    export.refresh_from_db()
    assert export.state == State.QUEUED
    assert woken == [export.pk]


def test_the_waiting_page_moves_a_forgotten_export_on(export, as_, monkeypatch):
    """Also where no sweeper runs: the broker died after it took the message."""
    from apps.exports import tasks

    def refuse(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.undo()
    monkeypatch.setattr(tasks.render_export, "delay", refuse)
    Export.objects.update(woken_at=timezone.now() - 2 * services.WAKE_AGAIN)
    state = as_("owner").get(url("state", export)).json()
    assert state["state"] == "failed"
    assert "queue cannot be reached" in state["reason"]


@pytest.mark.parametrize("name", ["exports:list", "versions:list"])
def test_a_page_beyond_the_last_shows_the_last(finished, as_, name):
    address = reverse(name, args=[finished.plan.uid])
    for page in ("99", "0", "x"):
        answer = as_("owner").get(address, {"page": page})
        assert answer.status_code == 200
        assert len(answer.context["object_list"]) == 1


def test_queries_do_not_grow_with_exports(finished, as_, owner):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, page = as_("owner"), reverse("exports:list", args=[finished.plan.uid])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    Export.objects.bulk_create(
        Export(
            plan=finished.plan,
            version=finished.version,
            requested_by=owner,
            language="en",
            state=State.DONE,
            file="a.pdf",
        )
        for _i in range(50)
    )
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(page).context["exports"]) == 20
    assert len(many) == len(few), [query["sql"] for query in many]
    assert not any("document" in query["sql"] for query in many)
