"""URLs under /plans/. Section names win over nothing: fixed words come first."""

from django.urls import path

from apps.plans.views import activity, people, plans, records, rows, sections, summary

app_name = "plans"
urlpatterns = [
    path("", plans.PlanList.as_view(), name="list"),
    path("new/", plans.PlanCreate.as_view(), name="create"),
    path("invitations/<str:token>/", people.InvitationAccept.as_view(), name="invitation"),
    path("<uid:plan>/", plans.PlanPage.as_view(), name="page"),
    path("<uid:plan>/summary/", summary.PlanSummary.as_view(), name="summary"),
    path("<uid:plan>/settings/", plans.PlanSettings.as_view(), name="settings"),
    path("<uid:plan>/own/", plans.PlanOwn.as_view(), name="own"),
    path("<uid:plan>/copy/", plans.PlanCopy.as_view(), name="copy"),
    path("<uid:plan>/archive/", plans.PlanArchive.as_view(), name="archive"),
    path("<uid:plan>/delete/", plans.PlanDelete.as_view(), name="delete"),
    path("<uid:plan>/activity/", activity.PlanActivity.as_view(), name="activity"),
    path("<uid:plan>/activity/csv/", activity.ActivityCsv.as_view(), name="activity_csv"),
    path("<uid:plan>/people/", people.People.as_view(), name="people"),
    path("<uid:plan>/people/leave/", people.Leave.as_view(), name="leave"),
    path("<uid:plan>/people/sections/", people.SectionVisibility.as_view(), name="visibility"),
    path("<uid:plan>/people/<int:member>/", people.Member.as_view(), name="member"),
    path(
        "<uid:plan>/people/invitations/<uid:invitation>/resend/",
        people.InvitationResend.as_view(),
        name="resend",
    ),
    path(
        "<uid:plan>/people/invitations/<uid:invitation>/role/",
        people.InvitationRole.as_view(),
        name="invited_role",
    ),
    path(
        "<uid:plan>/people/invitations/<uid:invitation>/revoke/",
        people.InvitationRevoke.as_view(),
        name="revoke",
    ),
    path("<uid:plan>/<section:section>/", sections.SectionRead.as_view(), name="section"),
    path("<uid:plan>/<section:section>/edit/", sections.SectionEdit.as_view(), name="edit"),
    path("<uid:plan>/<section:section>/<slug:part>/", records.SheetView.as_view(), name="sheet"),
    path(
        "<uid:plan>/<section:section>/<slug:part>/rows/",
        sections.PartFragment.as_view(),
        name="part",
    ),
    path("<uid:plan>/<section:section>/<slug:part>/new/", records.NewRow.as_view(), name="new_row"),
    path(
        "<uid:plan>/<section:section>/<slug:part>/starters/",
        rows.Starters.as_view(),
        name="starters",
    ),
    path(
        "<uid:plan>/<section:section>/<slug:part>/<uid:row>/",
        records.RowView.as_view(),
        name="row",
    ),
    path(
        "<uid:plan>/<section:section>/<slug:part>/<uid:row>/move/",
        rows.MoveRow.as_view(),
        name="move",
    ),
    path(
        "<uid:plan>/<section:section>/<slug:part>/<uid:row>/make/",
        rows.MakeRow.as_view(),
        name="make",
    ),
    path(
        "<uid:plan>/<section:section>/<slug:part>/<uid:row>/delete/",
        rows.DeleteRow.as_view(),
        name="delete_row",
    ),
    path(
        "<uid:plan>/<section:section>/<slug:part>/<uid:row>/undelete/",
        rows.UndeleteRow.as_view(),
        name="undelete",
    ),
]
