"""The people of a plan: adding, roles, removing, leaving."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.plans import people
from apps.plans.models import Membership, Plan, Role, Verb
from tests.conftest import make_person
from tests.plans.pages import text_of, url


def membership(plan: Plan, role: str) -> Membership:
    return plan.memberships.select_related("user").get(role=role)


def test_a_person_with_a_confirmed_address_is_a_member_at_once(
    plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    make_person("Paula", language="zh-hans")
    data = {"email": " Paula@Example.com ", "role": Role.MENTOR}
    response = as_("owner").post(url("people", plan), data, follow=True)
    assert "paula@example.com is on the plan now." in text_of(response)
    assert plan.memberships.get(user__name="Paula").role == Role.MENTOR
    assert not plan.invitations.exists()
    (mail,) = mailoutbox
    assert mail.to == ["paula@example.com"]
    assert "Olivia" in mail.subject
    assert any("\u4e00" <= letter <= "\u9fff" for letter in mail.body)
    assert f"http://testserver{url('page', plan)}" in mail.body


@pytest.mark.parametrize("role", ["owner", "admin", "", "mentor\x00"])
def test_only_the_roles_that_can_be_given_are_given(role: str, plan: Plan, as_: Any) -> None:
    make_person("Paula")
    client = as_("owner")
    added = client.post(url("people", plan), {"email": "paula@example.com", "role": role})
    assert added.status_code == 422
    assert added.context["form"]["email"].value() == "paula@example.com"
    member = membership(plan, Role.MENTOR)
    response = client.post(url("member", plan, "", member.pk), {"role": role}, follow=True)
    assert "Choose one of the roles." in text_of(response)
    assert {m.role for m in plan.memberships.all()} == {role.value for role in Role}


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a b@c.de", "x" * 250 + "@c.de", "a\x00@c.de"]
)
def test_what_is_no_address_is_refused_with_a_sentence(
    email: str, plan: Plan, as_: Any, mailoutbox: Any
) -> None:
    response = as_("owner").post(url("people", plan), {"email": email, "role": Role.VIEWER})
    assert response.status_code == 422
    assert response.context["form"].errors["email"]
    assert not mailoutbox and not plan.invitations.exists()


def test_a_member_is_not_added_twice(plan: Plan, as_: Any, mailoutbox: Any) -> None:
    data = {"email": "MEI@example.com", "role": Role.VIEWER}
    response = as_("owner").post(url("people", plan), data)
    assert response.status_code == 422
    assert "This person is on the plan already" in text_of(response)
    assert membership(plan, Role.MENTOR).user.name == "Mei"
    assert not mailoutbox


def test_a_role_is_changed_and_told(plan: Plan, as_: Any) -> None:
    member = membership(plan, Role.MENTOR)
    response = as_("owner").post(
        url("member", plan, "", member.pk), {"role": Role.COFOUNDER}, follow=True
    )
    assert "The role of Mei is changed." in text_of(response)
    assert as_("mentor").get(url("edit", plan, "market")).status_code == 200
    told = plan.activity.get(verb=Verb.ROLE_CHANGED)
    assert (told.label, told.changes) == ("Mei", {"role": ["mentor", "cofounder"]})


def test_a_member_is_removed_and_sees_nothing_more(plan: Plan, as_: Any) -> None:
    member = membership(plan, Role.VIEWER)
    response = as_("owner").post(url("member", plan, "", member.pk), {"remove": "1"}, follow=True)
    assert "Victor is no longer on the plan." in text_of(response)
    assert as_("viewer").get(url("page", plan)).status_code == 404
    assert plan.activity.get(verb=Verb.REMOVED).label == "Victor"


def test_everybody_but_the_owner_can_leave(plan: Plan, as_: Any) -> None:
    client = as_("mentor")
    assert client.get(url("leave", plan)).status_code == 200
    response = client.post(url("leave", plan), follow=True)
    assert "You left the plan “Blank plan”." in text_of(response)
    assert client.get(url("page", plan)).status_code == 404
    assert plan.activity.get(verb=Verb.LEFT).label == "Mei"
    assert as_("owner").post(url("leave", plan)).status_code == 403


def test_the_owner_can_be_neither_removed_nor_changed(plan: Plan, as_: Any, owner: Any) -> None:
    member = membership(plan, Role.OWNER)
    for data in ({"remove": "1"}, {"role": Role.VIEWER}):
        assert as_("owner").post(url("member", plan, "", member.pk), data).status_code == 404
    people.remove_member(membership=member, by=owner)
    people.change_role(membership=member, role=Role.VIEWER, by=owner)
    assert membership(plan, Role.OWNER).user == owner


def test_the_database_keeps_one_owner_and_one_role_each(plan: Plan, cast: Any) -> None:
    for user, role in ((cast["stranger"], Role.OWNER), (cast["mentor"], Role.VIEWER),
                       (cast["stranger"], "king")):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(plan=plan, user=user, role=role)


def test_a_member_of_another_plan_is_not_touched(plan: Plan, sample_plan: Plan, as_: Any) -> None:
    other = membership(sample_plan, Role.MENTOR)
    for pk in (other.pk, 0, 10**30):
        response = as_("owner").post(url("member", plan, "", pk), {"remove": "1"})
        assert response.status_code == 404
    assert Membership.objects.filter(pk=other.pk).exists()


def test_everybody_sees_who_is_on_the_plan_and_only_the_owner_manages(plan: Plan, as_: Any) -> None:
    for who in ("owner", "cofounder", "mentor", "viewer"):
        response = as_(who).get(url("people", plan))
        text = text_of(response)
        assert all(name in text for name in ("Olivia", "Carl", "Mei", "Victor"))
        assert ("Add a person" in text) is (who == "owner")
        assert "Edits everything, adds and removes people" in text  # what each role may do


def test_a_person_who_is_not_active_is_not_made_a_member(plan: Plan, as_: Any) -> None:
    person = make_person("Paula")
    User.objects.filter(pk=person.pk).update(is_active=False)
    as_("owner").post(url("people", plan), {"email": person.email, "role": Role.VIEWER})
    assert not plan.memberships.filter(user=person).exists()
    assert plan.invitations.filter(email=person.email).count() == 1
