from django.urls import path

from apps.checks import views

app_name = "checks"
urlpatterns = [
    path("<str:plan>/checks/", views.CheckList.as_view(), name="list"),
    path("<str:plan>/checks/count/", views.CheckCount.as_view(), name="count"),
    path("<str:plan>/checks/restore/", views.CheckRestore.as_view(), name="restore"),
]
