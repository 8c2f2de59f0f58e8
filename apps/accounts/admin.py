"""People in the administration. Signing in there goes through the same throttled page."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from apps.accounts.models import User

admin.site.login = secure_admin_login(admin.site.login)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "language", "is_active", "is_staff", "date_joined")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name")
    ordering = ("-date_joined",)
    fields = (
        "email", "name", "language", "is_active", "is_staff", "is_superuser", "groups",
        "date_joined", "last_login",
    )  # fmt: skip
    readonly_fields = ("date_joined", "last_login")

    def has_add_permission(self, request) -> bool:
        """People sign up themselves, so that their address is verified."""
        return False
