"""What the workers run. A task's argument is an id; the row tells the rest."""

from celery import shared_task

from apps.exports import job, services


@shared_task
def render_export(pk: int) -> None:
    """Safe to run twice and at any time: only the one that claims the row works on it."""
    export = services.claim(pk)
    if export is not None:
        job.run(export)


@shared_task(soft_time_limit=20, time_limit=30)
def sweep() -> None:
    services.sweep()
