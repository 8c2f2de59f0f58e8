"""What an export costs over bare WeasyPrint: ``python -m tests.bench.bench_pdf [rounds]``.

Prints, for the sample plan in both languages: seconds of the whole job (claimed row to stored
file, through a warm renderer), seconds of a bare warm ``write_pdf`` of the same HTML, their ratio,
pages, bytes, and the peak memory of the renderer that printed it; at the end that of the worker's
own process. Both sides run with the garbage collector paused. On a database and media folder of its
own that vanish afterwards.
"""

import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.product import product


def main(rounds: int) -> None:
    with product():
        worker = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for language in ("en", "zh-hans"):
            measure(language, rounds)
        from apps.exports.renderer import renderer

        print(f"worker process without WeasyPrint: {worker // 1024} MB")
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
    jobs, seconds_bare = [], []
    bare, renderer = BareWeasyPrint(), watched_renderer()
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
        f"{export.pages} pages, {export.bytes:,} bytes, {rounds} rounds, "
        f"renderer at most {renderer.peak // 1_000_000} MB"
    )


def watched_renderer() -> Any:
    """The job's renderer, which now keeps what its children say that they took at most."""
    from apps.exports import job
    from apps.exports.renderer import renderer

    def render(*args: Any, **options: Any) -> dict[str, Any]:
        facts = type(renderer).render(renderer, *args, **options)
        renderer.peak = max(renderer.peak, facts["memory"])
        return facts

    renderer.peak, renderer.render = 0, render
    assert job.renderer is renderer
    return renderer


class BareWeasyPrint:
    """``HTML(…).write_pdf()`` in this process, nothing around it."""

    def __init__(self) -> None:
        from apps.exports.fetcher import StaticFetcher

        self.fetcher = StaticFetcher()

    def write(self, html: str, target: Path | None = None) -> float:
        """Seconds it took; the file is dropped unless a target is named."""
        from weasyprint import HTML

        from apps.exports.render import collector_paused, options_of

        begin = time.perf_counter()
        with collector_paused():
            HTML(string=html, base_url="static:", url_fetcher=self.fetcher).write_pdf(
                target, **options_of("access")
            )
        return time.perf_counter() - begin


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
