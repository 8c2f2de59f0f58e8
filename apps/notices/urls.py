"""URLs under /notices/: a person's own. Fixed words come before a notice's uid."""

from django.urls import path

from apps.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.Inbox.as_view(), name="list"),
    path("read/", views.ReadAll.as_view(), name="read_all"),
    path("mail/", views.MailPreferences.as_view(), name="preferences"),
    path("stop/<str:token>/", views.Unsubscribe.as_view(), name="unsubscribe"),
    path("<uid:notice>/", views.Open.as_view(), name="open"),
]
