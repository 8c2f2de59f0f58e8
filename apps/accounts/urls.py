"""A person's own pages. Sign-in, sign-up, mail and password are django-allauth's."""

from django.urls import path

from apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("profile/data/", views.personal_data, name="personal_data"),
    path("profile/delete/", views.delete_account, name="delete"),
]
