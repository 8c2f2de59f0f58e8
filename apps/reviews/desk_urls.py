"""A mentor's own home, at /desk/."""

from django.urls import path

from apps.reviews.views.desk import Desk

app_name = "desk"
urlpatterns = [path("", Desk.as_view(), name="home")]
