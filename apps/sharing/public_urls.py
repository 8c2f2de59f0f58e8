"""The pages for guests. Only ``enter`` has a secret in its address (see core/ops/logs.py)."""

from django.urls import path

from apps.sharing.views import downloading, entering, reading

app_name = "shared"
urlpatterns = [
    path("view/<str:link>/", reading.SharedPage.as_view(), name="page"),
    path("view/<str:link>/passcode/", entering.Passcode.as_view(), name="passcode"),
    path("view/<str:link>/pdf/", downloading.CopyRequest.as_view(), name="request_copy"),
    path("view/<str:link>/pdf/<str:export>/", downloading.CopyPage.as_view(), name="copy"),
    path("view/<str:link>/pdf/<str:export>/file/", downloading.CopyFile.as_view(), name="file"),
    path("view/<str:link>/<section:section>/", reading.SharedSection.as_view(), name="section"),
    path("<str:token>/", entering.Enter.as_view(), name="enter"),
]
