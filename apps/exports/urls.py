from django.urls import path

from apps.exports.views import exports as views
from apps.exports.views import look

app_name = "exports"
urlpatterns = [
    path("<str:plan>/exports/", views.ExportList.as_view(), name="list"),
    path("<str:plan>/exports/look/", look.LookPage.as_view(), name="look"),
    path("<str:plan>/exports/look/logo.png", look.LogoImage.as_view(), name="logo"),
    path("<str:plan>/exports/<str:export>/", views.ExportPage.as_view(), name="export"),
    path("<str:plan>/exports/<str:export>/state/", views.ExportState.as_view(), name="state"),
    path("<str:plan>/exports/<str:export>/file/", views.ExportFile.as_view(), name="file"),
    path("<str:plan>/exports/<str:export>/retry/", views.ExportRetry.as_view(), name="retry"),
]
