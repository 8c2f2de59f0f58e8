"""The project plan. A section app: imports only apps.plans and apps.core."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "apps.projects"
    label = "projects"
