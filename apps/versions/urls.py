from django.urls import path

from apps.versions import bulk_views, views

app_name = "versions"
urlpatterns = [
    path("<uid:plan>/versions/", views.VersionList.as_view(), name="list"),
    path("<uid:plan>/versions/compare/", views.CompareChoose.as_view(), name="choose"),
    path(
        "<uid:plan>/versions/compare/<int:older>/<int:newer>/",
        views.Compare.as_view(),
        name="compare",
    ),
    path("<uid:plan>/versions/<int:number>/", views.VersionRead.as_view(), name="read"),
    path("<uid:plan>/versions/<int:number>/name/", views.VersionName.as_view(), name="name"),
    path("<uid:plan>/versions/<int:number>/restore/", views.Restore.as_view(), name="restore"),
    path(
        "<uid:plan>/versions/<int:number>/<section:section>/",
        views.VersionSection.as_view(),
        name="read",
    ),
    path(
        "<uid:plan>/<section:section>/<slug:part>/bulk/<slug:change>/",
        bulk_views.BulkChangeView.as_view(),
        name="bulk",
    ),
]
