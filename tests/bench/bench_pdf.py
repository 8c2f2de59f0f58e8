"""What an export costs over bare WeasyPrint: ``python -m tests.bench.bench_pdf [rounds]``.

Prints, for the sample plan in both languages: seconds of the whole job (claimed row to stored
file, through a warm renderer), seconds of a bare warm ``write_pdf`` of the same HTML, their ratio,
pages, bytes, and the peak memory of the renderer and of the worker's own process. On a database
and media folder of its own that vanish afterwards.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="ventureplan-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        os.environ.setdefault("FONTS_DIR", str(ROOT / "var" / "fonts"))
        os.environ.pop("DATABASE_URL", None)
        from apps.core.ops import fonts

        fonts.activate()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        worker_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for language in ("en", "zh-hans"):
            measure(language, rounds)
        from apps.exports.renderer import renderer

        print(f"renderer, peak: {peak_of(renderer.start().pid)} MB")
        print(f"worker process without WeasyPrint: {worker_before // 1024} MB")
        renderer.kill()


def measure(language: str, rounds: int) -> None:
    from apps.accounts.models import User
    from apps.exports import job, services
    from apps.exports.models import State
    from apps.exports.render import render_html
    from apps.plans import samples
    from apps.plans.services import create_plan

    services.wake = lambda pk: None  # no broker here: the job is run by hand
    person, _made = User.objects.get_or_create(email="bench@example.com")
    document = samples.document("customer_service", language)
    plan = create_plan(by=person, document=document, sample="customer_service")
    jobs, bare = [], BareWeasyPrint()
    seconds_bare = []
    for number in range(rounds + 1):
        export = services.request_export(plan=plan, by=person, language=language)
        begin = time.perf_counter()
        job.run(services.claim(export.pk))
        jobs.append(time.perf_counter() - begin)
        export.refresh_from_db()
        assert export.state == State.DONE, (export.failure, export.detail)
        if number == 0:
            html = render_html(job.order(export))
        seconds_bare.append(bare.write(html))
    # The first round warms both sides up.
    whole, only = statistics.median(jobs[1:]), statistics.median(seconds_bare[1:])
    print(
        f"{language}: job {whole:.2f} s, bare write_pdf {only:.2f} s, ratio {whole / only:.2f}, "
        f"{export.pages} pages, {export.bytes:,} bytes, {rounds} rounds"
    )


class BareWeasyPrint:
    """``HTML(…).write_pdf()`` in this process, nothing around it."""

    def __init__(self) -> None:
        from apps.exports.fetcher import StaticFetcher

        self.fetcher = StaticFetcher()

    def write(self, html: str) -> float:
        from weasyprint import HTML

        from apps.exports.render import OPTIONS

        begin = time.perf_counter()
        HTML(string=html, base_url="static:", url_fetcher=self.fetcher).write_pdf(**OPTIONS)
        return time.perf_counter() - begin


def peak_of(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise LookupError(pid)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
