"""Gunicorn's settings for web processes: ``gunicorn -c config/gunicorn.py config.wsgi``."""

from typing import Any

from gunicorn.glogging import Logger

from apps.core.ops.logs import MaskTokens, without_tokens

accesslog = "-"


class MaskingLogger(Logger):
    """Access and error logs that hold no invitation's secret."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(MaskTokens())

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            name: without_tokens(value) if isinstance(value, str) else value
            for name, value in super().atoms(*args, **kwargs).items()
        }


logger_class = MaskingLogger
