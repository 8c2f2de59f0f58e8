"""Cases and resources in the administration."""

from django.contrib import admin

from apps.library.models import Case, Lesson, Resource


class LessonInline(admin.StackedInline):
    model = Lesson
    extra = 0


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_zh", "kind", "position", "shown")
    list_editable = ("position", "shown")
    list_filter = ("kind", "shown")
    search_fields = ("name_en", "name_zh", "summary_en", "summary_zh")
    prepopulated_fields = {"slug": ("name_en",)}
    inlines = (LessonInline,)


@admin.register(Resource)
class ResourceAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_zh", "kind", "section", "position", "shown")
    list_editable = ("position", "shown")
    list_filter = ("kind", "section", "shown")
    search_fields = ("name_en", "name_zh", "purpose_en", "purpose_zh")
    prepopulated_fields = {"slug": ("name_en",)}
