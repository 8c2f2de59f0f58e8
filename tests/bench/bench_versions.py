"""What a comparison costs: ``.venv/bin/python -m tests.bench.bench_versions``.

Prints, for the sample with 1, 50 and 500 changed fields, the time of the difference alone and the
server time and queries of the page that compares with now; then the list, reading, taking and
restoring, and the bytes of a version. Runs on an in-memory database of its own.
"""

import os
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from apps.accounts.models import User  # noqa: E402
from apps.plans import samples, services  # noqa: E402
from apps.plans.contents import load  # noqa: E402
from apps.plans.document import dump  # noqa: E402
from apps.plans.models import Plan  # noqa: E402
from apps.plans.sections import registry  # noqa: E402
from apps.versions.diff import diff  # noqa: E402
from apps.versions.models import Reason, Version  # noqa: E402
from apps.versions.services import restore_version, take_version  # noqa: E402
from tests.versions.changes import change_fields  # noqa: E402


def measure(work: Callable[[], Any]) -> str:
    """The median server time of five runs, and the queries of the last."""
    times = []
    for _run in range(5):
        begin = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            work()
        times.append(1000 * (time.process_time() - begin))
    return f"{sorted(times)[2]:7.1f} ms  {len(queries):3} queries"


def get(client: Client, url: str) -> Callable[[], None]:
    def work() -> None:
        assert client.get(url).status_code == 200

    return work


def fresh_plan(owner: User) -> Plan:
    document = samples.document("customer_service", "en")
    plan = services.create_plan(by=owner, document=document, sample="customer_service")
    take_version(plan=plan, by=owner, reason=Reason.MANUAL)
    return plan


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("owner@example.com", name="Olivia")
    client = Client()
    client.force_login(owner, "allauth.account.auth_backends.AuthenticationBackend")
    for wanted in (1, 50, 500):
        plan = fresh_plan(owner)
        changed = change_fields(plan, wanted, by=owner)
        old, new = plan.versions.get().document, dump(load(plan))
        print(f"{changed} changed fields")
        print("  difference alone     ", measure(lambda old=old, new=new: diff(old, new)))
        page = reverse("versions:compare", args=[plan.uid, 1, 0])
        print("  page, with now       ", measure(get(client, page)))
        page = reverse("versions:restore", args=[plan.uid, 1])
        print("  page before restoring", measure(get(client, page)))
        with CaptureQueriesContext(connection) as queries:
            begin = time.process_time()
            restore_version(plan=plan, number=1, by=owner)
            spent = 1000 * (time.process_time() - begin)
        print(f"  restoring             {spent:7.1f} ms  {len(queries):3} queries")
    page = reverse("versions:list", args=[plan.uid])
    print("list of 3 versions     ", measure(get(client, page)))
    section = next(iter(registry))
    page = reverse("versions:read", args=[plan.uid, 1, section])
    print("a section of a version ", measure(get(client, page)))
    version = Version.objects.order_by("pk").first()
    print(f"a version of the sample {version.size:,} bytes as JSON")


if __name__ == "__main__":
    main()
