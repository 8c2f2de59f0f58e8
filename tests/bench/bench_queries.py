"""Queries and server time per page: ``.venv/bin/python -m tests.bench.bench_queries``.

Prints, for the plan list with 10 and 1,000 plans, the plan page, each section page with 5 and 50
rows, and one saved row, how many queries each takes. Runs on an in-memory database of its own.
"""

import os
import time
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
from apps.plans.models import Plan  # noqa: E402
from apps.plans.sections import registry  # noqa: E402
from tests.sections import fill, posted, sample_contents  # noqa: E402


def measure(client: Client, url: str) -> tuple[int, float]:
    client.get(url)
    begin = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries), 1000 * (time.process_time() - begin)


def show(name: str, *measured: tuple[int, float]) -> None:
    print(f"{name:34}", *(f"{count:4} queries {ms:7.1f} ms" for count, ms in measured), sep="  ")


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("owner@example.com", name="Olivia")
    client = Client()
    client.force_login(owner, "allauth.account.auth_backends.AuthenticationBackend")
    lists = []
    for count in (10, 1000):
        while Plan.objects.count() < count:
            services.create_plan(by=owner, title=f"Plan {Plan.objects.count()}")
        lists.append(measure(client, reverse("plans:list")))
    show("plan list, 10 and 1,000 plans", *lists)
    document = samples.document("customer_service", "en")
    plan = services.create_plan(by=owner, document=document, sample="customer_service")
    show("plan page", measure(client, reverse("plans:page", args=[plan.uid])))
    pages(client, services.create_plan(by=owner, title="Rows"))
    one_save(client, plan)


def pages(client: Client, plan: Plan) -> None:
    for section in registry:
        tables = [part for part in section.parts if part.is_table]
        results: dict[str, list[Any]] = {"section": [], "edit": []}
        for rows in (5, 50):
            for part in tables:
                fill(plan, part, rows)
            for view in results:
                results[view].append(
                    measure(client, reverse(f"plans:{view}", args=[plan.uid, section]))
                )
        show(f"{section.name}: read, 5 and 50 rows", *results["section"])
        show(f"{section.name}: edit, 5 and 50 rows", *results["edit"])


def one_save(client: Client, plan: Plan) -> None:
    for section in registry:
        part = next(part for part in section.parts if part.is_table)
        row = part.model.objects.filter(plan=plan).first()
        contents = sample_contents()
        data = posted(part, contents.part(f"{section.name}.{part.name}")[0], contents)
        url = reverse("plans:row", args=[plan.uid, section, part.name, row.uid])
        begin = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            response = client.post(url, {**data, "revision": row.revision}, HTTP_HX_REQUEST="true")
        assert response.status_code == 200, response.content.decode()[:2000]
        show(f"{section.name}: one saved {part.name}, 1 request",
             (len(queries), 1000 * (time.process_time() - begin)))  # fmt: skip


if __name__ == "__main__":
    main()
