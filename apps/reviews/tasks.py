"""What the workers run for reviews."""

from celery import shared_task

from apps.reviews import reminding


@shared_task(soft_time_limit=60, time_limit=90)
def remind() -> None:
    """Safe to run at any time and twice: nobody is reminded of a review a second time."""
    reminding.remind()
