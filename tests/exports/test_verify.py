"""The page that says whether a file is the very one that was made here."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.exports.conftest import finish

pytestmark = pytest.mark.django_db
BYTES = b"%PDF-1.7 test"


@pytest.fixture
def made(export):
    return finish(export, sha256=hashlib.sha256(BYTES).hexdigest())


def ask(client, data: bytes):
    file = SimpleUploadedFile("plan.pdf", data)
    return client.post(reverse("verify:file"), {"file": file}).content.decode()


def test_the_file_itself_is_known_to_anybody(client, made, plan):
    page = ask(client, BYTES)
    assert "This file is unchanged" in page
    assert made.version.content_hash in page
    assert plan.title not in page and str(made.requested_by) not in page


def test_one_changed_byte_is_found(client, made):
    assert "This file is not known here" in ask(client, BYTES[:-1] + b"!")


def test_a_typed_hash_will_do(client, made):
    typed = made.sha256.upper()[:32] + " " + made.sha256.upper()[32:]
    page = client.post(reverse("verify:file"), {"typed": typed}).content.decode()
    assert "This file is unchanged" in page


def test_a_file_is_read_in_pieces(client, made, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 4
    assert "This file is unchanged" in ask(client, BYTES)


@pytest.mark.parametrize("data", [{}, {"typed": "abc"}, {"typed": "g" * 64}])
def test_nothing_to_check_is_asked_again(client, data):
    assert client.post(reverse("verify:file"), data).status_code == 422


def test_an_export_that_failed_or_waits_is_no_file(client, export):
    page = client.post(reverse("verify:file"), {"typed": "0" * 64}).content.decode()
    assert "This file is not known here" in page


def test_one_query(client, made, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.post(reverse("verify:file"), {"typed": made.sha256})
