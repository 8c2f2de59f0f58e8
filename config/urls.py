"""Every URL of the product."""

from django.contrib import admin
from django.urls import include, path

from apps.core import views as core

urlpatterns = [
    path("", core.home, name="home"),
    path("livez", core.livez, name="livez"),
    path("readyz", core.readyz, name="readyz"),
    path("language/", core.set_language, name="set_language"),
    path("accounts/", include("apps.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("library/", include("apps.library.urls")),
    path("notices/", include("apps.notices.urls")),
    path("shared/", include("apps.sharing.public_urls")),
    path("verify/", include("apps.exports.public_urls")),
    path("desk/", include("apps.reviews.desk_urls")),
    path("plans/", include("apps.checks.urls")),
    path("plans/", include("apps.comments.urls")),
    path("plans/", include("apps.reviews.urls")),
    path("plans/", include("apps.sharing.urls")),
    path("plans/", include("apps.exports.urls")),
    path("plans/", include("apps.transfer.urls")),
    path("plans/", include("apps.versions.urls")),
    path("plans/", include("apps.plans.urls")),
]
handler400 = "apps.core.views.bad_request"
handler403 = "apps.core.views.forbidden"
handler404 = "apps.core.views.not_found"
handler500 = "apps.core.views.server_error"
