from django.apps import AppConfig
from django.urls import register_converter
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "apps.plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        # Each section app registers its one Section here, as Django's admin finds admin.py.
        autodiscover_modules("section")
        # For the URLs of every feature under a plan: <section:section>, <uid:plan>.
        from apps.plans.converters import SectionConverter, UidConverter

        register_converter(SectionConverter, "section")
        register_converter(UidConverter, "uid")
