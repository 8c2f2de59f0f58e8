"""What the PDF may load: the project's own static files, from memory, and a logo that stands in the
address itself. Nothing else, ever."""

import base64
from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

from apps.exports.look import LOGO_SCHEME

SCHEME = "static:"


class StaticFetcher(URLFetcher):
    """Serves ``static:…`` and ``logo:…``; refuses files, networks and data addresses alike."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._files: dict[str, bytes] = {}
        self._roots = [Path(root).resolve() for root in settings.STATICFILES_DIRS]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(LOGO_SCHEME):  # written by us alone: look.py made it a PNG
            logo = base64.b64decode(url.removeprefix(LOGO_SCHEME), validate=True)
            return URLFetcherResponse(url, logo, {"Content-Type": "image/png"})
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
