"""Keeps secrets that stand in addresses out of every log. For settings and config/gunicorn.py."""

import logging
import re

# The secret part of a link, behind the word that says what kind of link it is.
TOKEN = re.compile(r"(/(?:invitations|password/reset/key|share)/)[^/\s\"?]+")


def without_tokens(text: str) -> str:
    return TOKEN.sub(r"\1…", text)


class MaskTokens(logging.Filter):
    """Rewrites a record's text before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), ()
        return True
