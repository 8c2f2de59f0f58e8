"""What a page shows of a thread and what its reader may do there: one card, wherever it stands."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from apps.comments import places
from apps.comments.forms import AssignForm, ReplyForm
from apps.comments.models import Comment, Thread
from apps.comments.since import Since, of_deleted, since
from apps.comments.threads import (
    Person,
    assignable,
    in_full,
    people,
    readers,
    with_unread,
)
from apps.plans.access import Access
from apps.plans.contents import Contents, load

Rest = Counter[tuple[str, str, str]]  # threads not shown, by part, row and field
MOST = 30  # threads of a section shown in full; the others are a link to the list
SHOWN = 3  # the newest comments of a long thread; earlier ones are folded


@dataclass
class Card:
    """``since`` says where the place reads otherwise now than when the thread began."""

    thread: Thread
    first: Comment | None
    earlier: list[Comment]
    latest: list[Comment]
    reply: ReplyForm | None
    assign: AssignForm | None
    since: Since

    @property
    def place(self) -> str:
        return places.words(self.thread.place, self.thread.label)

    @property
    def answers(self) -> list[Comment]:
        return [*self.earlier, *self.latest]

    @property
    def count(self) -> int:
        return 1 + len(self.answers)

    @property
    def unread(self) -> bool:
        return getattr(self.thread, "unread", False)


class Deck:
    """Makes the cards of one page for one reader; asks who is on the plan once. ``contents`` is
    what the page shows, where it shows the plan: live, or a version."""

    def __init__(self, access: Access, user: Any, contents: Contents | None = None) -> None:
        self.access, self.user = access, user
        self.may_write = access.may("comment.write")
        self.contents = contents or load(access.plan, access.hidden)

    @cached_property
    def people(self) -> list[Person]:
        return people(self.access.plan)

    def others(self, section: str) -> list[Person]:
        """Whom a comment in the section can be told to."""
        return [
            one
            for one in self.people
            if one.user.pk != self.user.pk
            and one.access.reads_comments
            and one.access.sees(section)
        ]

    def cards(self, threads: Any) -> list[Card]:
        """The cards of a query's threads, in its order."""
        found = [self._card(one) for one in in_full(with_unread(threads, self.user))]
        return self._with_last_texts(found)

    def foremost(self, threads: QuerySet[Thread], asked: str = "") -> tuple[list[Card], Rest]:
        """The cards of the MOST threads that matter most: the one ``asked`` for by its uid, what
        is new to the reader, what is open, the latest first. Of the rest only their number by
        place is known. Cards stand in the order of the query."""
        heads = list(
            with_unread(threads, self.user).values_list(
                "pk", "uid", "unread", "resolved_at", "updated_at", "part", "row", "field"
            )
        )
        ranked = sorted(heads, key=lambda head: head[4], reverse=True)
        ranked.sort(key=lambda head: (head[1] != asked, not head[2], head[3] is not None))
        chosen = [head[0] for head in ranked[:MOST]]
        rest = Counter(head[5:] for head in ranked[MOST:])
        return self.cards(threads.filter(pk__in=chosen)), rest

    def card(
        self, thread: Thread, *, reply: ReplyForm | None = None, assign: AssignForm | None = None
    ) -> Card:
        """One that stands alone, with the forms that were refused."""
        return self._with_last_texts([self._card(thread, reply=reply, assign=assign)])[0]

    def _with_last_texts(self, cards: list[Card]) -> list[Card]:
        """Of rows that are gone from the plan; a version knows none."""
        gone = [card.thread for card in cards if card.since.gone]
        last = of_deleted(gone, self.contents) if self.contents.plan.pk else {}
        for card in cards:
            card.since = last.get(card.thread.pk, card.since)
        return cards

    def _card(
        self, thread: Thread, *, reply: ReplyForm | None = None, assign: AssignForm | None = None
    ) -> Card:
        """``reply`` and ``assign`` are forms that were refused, to be shown with what they hold."""
        thread.plan = self.access.plan
        comments = list(thread.comments.all())
        return Card(
            thread,
            first=comments[0] if comments else None,
            earlier=comments[1:-SHOWN],
            latest=comments[1:][-SHOWN:],
            reply=reply or self.reply_form(thread),
            assign=assign or self.assign_form(thread),
            since=since(thread, self.contents),
        )

    def reply_form(self, thread: Thread, data: Any = None) -> ReplyForm | None:
        if not self.may_write:
            return None
        others = [one for one in self.people if one.user.pk != self.user.pk]
        told = readers(others, thread.section, thread.visibility)
        return ReplyForm(data, people=told, auto_id=f"id-{thread.uid}-%s")

    def assign_form(self, thread: Thread, data: Any = None) -> AssignForm | None:
        if not self.may_write:
            return None
        return AssignForm(
            data,
            people=assignable(self.people, thread),
            initial={"assignee": str(thread.assignee_id or "")},
            auto_id=f"id-{thread.uid}-%s",
        )
