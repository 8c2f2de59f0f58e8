from django.urls import path

from apps.library import views

app_name = "library"
urlpatterns = [
    path("", views.LibraryPage.as_view(), name="list"),
    path("<slug:slug>/", views.CasePage.as_view(), name="case"),
]
