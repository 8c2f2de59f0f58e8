from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TechnologyConfig(AppConfig):
    name = "apps.technology"
    label = "technology"
    verbose_name = _("Technology")
