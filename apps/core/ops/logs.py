"""Keeps secrets that stand in addresses out of every log. For settings and config/gunicorn.py."""

import logging
import re
from contextlib import suppress

# The secret part of a link, behind the words that say what kind of link it is; also where the
# link is the ?next= of another one. /shared/view/… holds no secret.
SLASH = "(?:/|%2F)"
TOKEN = re.compile(
    rf"({SLASH}(?:invitations|password{SLASH}reset{SLASH}key|notices{SLASH}stop"
    rf"|shared(?!{SLASH}view{SLASH})){SLASH})[^/%?&\s\"]+",
    re.IGNORECASE,
)


def without_tokens(text: str) -> str:
    return TOKEN.sub(r"\1…", text)


class MaskTokens(logging.Filter):
    """Rewrites a record's text before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Where the arguments do not fit the text, the handler reports it and the caller goes on.
        with suppress(TypeError, ValueError):
            record.msg, record.args = without_tokens(record.getMessage()), ()
        return True
