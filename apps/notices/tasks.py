"""What the workers run for mail. A task's argument is an id; the rows tell the rest."""

from celery import shared_task

from apps.notices import sending

# A mail server answers within EMAIL_TIMEOUT a step or not at all.
LIMITS = {"soft_time_limit": 60, "time_limit": 90}


@shared_task(**LIMITS)
def send_notice(pk: int) -> None:
    """Safe to run twice and at any time: only the one that claims the row sends."""
    sending.send_single(pk)


@shared_task(**LIMITS)
def send_digest(user_pk: int) -> None:
    sending.send_digest(user_pk)


@shared_task(soft_time_limit=20, time_limit=30)
def sweep() -> None:
    sending.sweep()
