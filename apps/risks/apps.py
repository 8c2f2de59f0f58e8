"""The risk register. A section app: imports only apps.plans and apps.core."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "apps.risks"
    label = "risks"
