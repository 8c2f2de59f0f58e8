"""People for the account tests, and caches that forget the attempts of the test before."""

import re

import pytest
from django.core.cache import cache

from apps.accounts.services import create_verified_user

PASSWORD = "quiet-river-41"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


@pytest.fixture
def ada(db):
    return create_verified_user(
        email="ada@example.org", password=PASSWORD, name="Ada Lin", language="en"
    )


@pytest.fixture
def li(db):
    return create_verified_user(
        email="li@example.org", password=PASSWORD, name="李明", language="zh-hans"
    )


def code_in(mail) -> str:
    return re.search(r"^[A-Z0-9]{3,}(-[A-Z0-9]{3,})*$", mail.body, re.MULTILINE).group()


def link_in(mail) -> str:
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.body).group(1)
