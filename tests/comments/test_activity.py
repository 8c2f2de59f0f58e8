"""What of a thread stands in the plan's activity, and who reads it there."""

from django.utils.html import conditional_escape

from apps.accounts.models import User
from apps.comments import places, services
from apps.comments.models import Thread, Visibility
from apps.plans.access import Access
from apps.plans.activity import entries
from apps.plans.activity_filter import visible
from apps.plans.models import Plan, Role, Verb
from tests.comments.conftest import SECTION

Cast = dict[str, User]


def test_all_that_happens_in_a_thread_is_activity(
    sample_plan: Plan, thread: Thread, cast: Cast
) -> None:
    owner, carl = cast["owner"], cast["cofounder"]
    services.edit(comment=thread.comments.get(), text="Who says that?")
    services.assign(thread=thread, assignee=carl, by=owner)
    services.assign(thread=thread, assignee=carl, by=owner)  # changes nothing
    services.assign(thread=thread, assignee=None, by=owner)
    services.resolve(thread=thread, by=owner)
    services.reopen(thread=thread, by=owner)
    services.reopen(thread=thread, by=owner)  # changes nothing
    services.resolve(thread=thread, by=owner)
    services.reply(thread=thread, text="We do.", by=carl)
    found = entries(sample_plan.activity.order_by("pk"), Access(sample_plan, Role.MENTOR))
    where = conditional_escape(places.words(thread.place, thread.label))
    said = [f"{one.person} {one.sentence}".replace(where, "there") for one in found]
    assert said[said.index("Mei commented on there") :] == [
        "Mei commented on there", "Mei changed a comment on there",
        "Olivia gave a thread on there to Carl",
        "Olivia gave a thread on there to nobody in particular",
        "Olivia resolved a thread on there", "Olivia opened a thread on there again",
        "Olivia resolved a thread on there", "Carl answered in a thread on there",
        "Carl opened a thread on there again",
    ]  # fmt: skip


def test_activity_tells_mentors_nothing_of_what_founders_keep(
    sample_plan: Plan, thread: Thread, cast: Cast
) -> None:
    kept = services.start_thread(
        plan=sample_plan, place=thread.place, text="x", by=cast["owner"],
        visibility=Visibility.FOUNDERS,
    )  # fmt: skip
    for one in (thread, kept):
        services.resolve(thread=one, by=cast["owner"])
    services.reply(thread=kept, text="y", by=cast["owner"])
    open_to_all, of_kept = [Verb.COMMENTED, Verb.RESOLVED], [
        Verb.COMMENTED, Verb.RESOLVED, Verb.REPLIED, Verb.OPENED_AGAIN
    ]  # fmt: skip
    for role, verbs in (
        (Role.MENTOR, open_to_all), (Role.OWNER, open_to_all + of_kept),
        (Role.COFOUNDER, open_to_all + of_kept),
    ):  # fmt: skip
        seen = visible(Access(sample_plan, role)).filter(section=SECTION)
        assert sorted(seen.values_list("verb", flat=True)) == sorted(verbs)
