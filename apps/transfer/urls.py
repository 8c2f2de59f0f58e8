"""URLs under /plans/: the published format, and data in and out of a plan."""

from django.urls import path

from apps.transfer.views import documents, format, tables

app_name = "transfer"
urlpatterns = [
    path("schema.json", format.SchemaFile.as_view(), name="schema"),
    path("format/", format.FormatPage.as_view(), name="format"),
    path("new/file/", documents.PlanFromFile.as_view(), name="new"),
    path("<uid:plan>/data/", documents.PlanData.as_view(), name="data"),
    path("<uid:plan>/data/plan.json", documents.PlanDocument.as_view(), name="document"),
    path(
        "<uid:plan>/data/versions/<int:number>.json",
        documents.VersionDocument.as_view(),
        name="version",
    ),
    path("<uid:plan>/data/import/", documents.PlanImport.as_view(), name="import"),
    path(
        "<uid:plan>/data/<section:section>/<slug:part>.csv",
        tables.TableFile.as_view(),
        name="table",
    ),
    path(
        "<uid:plan>/data/<section:section>/<slug:part>/",
        tables.TableImport.as_view(),
        name="import_table",
    ),
]
