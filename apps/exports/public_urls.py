"""What is open to whoever holds a file that was made here."""

from django.urls import path

from apps.exports.views.verify import Verify

app_name = "verify"
urlpatterns = [path("", Verify.as_view(), name="file")]
