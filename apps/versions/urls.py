from django.urls import path

from apps.versions import views

app_name = "versions"
urlpatterns = [
    path("<str:plan>/versions/", views.VersionList.as_view(), name="list"),
]
