"""A person's own desk, at /desk/, and where everybody starts."""

from django.urls import path

from apps.reviews.views.desk import Desk, Start

app_name = "desk"
urlpatterns = [
    path("", Desk.as_view(), name="home"),
    path("start/", Start.as_view(), name="start"),
]
