"""URLs under /plans/<plan>/comments/."""

from django.urls import path

from apps.comments import views

app_name = "comments"
urlpatterns = [
    path("<uid:plan>/comments/threads/<uid:thread>/", views.ThreadLink.as_view(), name="thread"),
]
