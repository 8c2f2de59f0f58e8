"""The strategy section. A section app: imports only apps.plans and apps.core."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "apps.strategy"
    label = "strategy"
