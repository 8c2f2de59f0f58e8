"""What holds for every account page: the policy, no inline code, labels, both languages."""

import re

import pytest
from django.urls import reverse

OPEN = ["home", "account_login", "account_signup", "account_reset_password",
        "account_reset_password_done", "account_reset_password_from_key_done",
        "account_inactive"]  # fmt: skip
OWN = ["accounts:profile", "accounts:delete", "account_email", "account_change_password",
       "account_logout", "account_reauthenticate"]  # fmt: skip
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE
)
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")


@pytest.fixture(params=["en", "zh-hans"])
def language(request):
    return request.param


def check(response, language):
    page = response.content.decode()
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not INLINE.search(page)
    assert f'<html lang="{ {"en": "en", "zh-hans": "zh-Hans"}[language] }"' in page
    for field in FIELD.findall(page):
        if 'type="hidden"' not in field:
            identity = re.search(r'id="([^"]+)"', field)
            assert identity, field
            assert f'for="{identity.group(1)}"' in page, field
    if language == "zh-hans":
        assert re.search(r"<h1[^>]*>[^<]*[一-鿿]", page)


@pytest.mark.parametrize("name", OPEN)
def test_open_pages(client, db, name, language):
    client.cookies["django_language"] = language
    check(client.get(reverse(name)), language)


@pytest.mark.parametrize("name", OWN)
def test_own_pages(client, ada, name, language):
    ada.language = language
    ada.save()
    client.force_login(ada)
    check(client.get(reverse(name)), language)
