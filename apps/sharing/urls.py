from django.urls import path

from apps.sharing.views import managing

app_name = "sharing"
urlpatterns = [
    path("<str:plan>/links/", managing.LinkList.as_view(), name="list"),
    path("<str:plan>/links/new/", managing.LinkCreate.as_view(), name="create"),
    path("<str:plan>/links/<str:link>/", managing.LinkPage.as_view(), name="link"),
    path("<str:plan>/links/<str:link>/extend/", managing.LinkExtend.as_view(), name="extend"),
    path("<str:plan>/links/<str:link>/revoke/", managing.LinkRevoke.as_view(), name="revoke"),
]
