"""What the workers run. A task's argument is an id; the row tells the rest."""

from celery import shared_task
from celery.signals import worker_process_init

from apps.exports import job, services
from apps.exports.layout_cache import LayoutCache
from apps.exports.renderer import renderer


@worker_process_init.connect
def start_renderer(**_: object) -> None:
    """Warm up while nobody waits. A renderer belongs to one process of the worker's pool."""
    renderer.start()


@shared_task
def render_export(pk: int) -> None:
    """Safe to run twice and at any time: only the one that claims the row works on it."""
    export = services.claim(pk)
    if export is not None:
        job.run(export)


@shared_task(soft_time_limit=20, time_limit=30)
def sweep() -> None:
    services.sweep()
    LayoutCache().sweep()
