"""What the PDF may load: the project's own static files, from memory. Nothing else, ever."""

from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static:"


class StaticFetcher(URLFetcher):
    """Serves ``static:css/print.css``; refuses files, networks and data addresses alike."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._files: dict[str, bytes] = {}
        self._roots = [Path(root).resolve() for root in settings.STATICFILES_DIRS]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(SCHEME):
            raise ValueError(f"The PDF loads static files only, not {url[:100]!r}.")
        name = url.removeprefix(SCHEME)
        mime = guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self.read(name), {"Content-Type": mime})

    def read(self, name: str) -> bytes:
        if name not in self._files:
            found = finders.find(name)  # refuses to leave the static folders
            path = Path(found).resolve() if found else None
            if path is None or not any(path.is_relative_to(root) for root in self._roots):
                raise ValueError(f"There is no static file {name[:100]!r}.")
            self._files[name] = path.read_bytes()
        return self._files[name]
