"""The company's logo and colour: what may be uploaded, and what is printed of it."""

import io
import struct
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from apps.exports import look, services
from apps.exports.job import order as order_of
from apps.exports.models import Look
from apps.exports.pdf import produce


def picture(size=(600, 200), kind="PNG", mode="RGB", colour="red") -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, colour).save(made, kind)
    return made.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_as_a_png_in_its_box(kind):
    kept = Image.open(io.BytesIO(look.clean_logo(io.BytesIO(picture((3000, 800), kind)))))
    assert kept.format == "PNG"
    assert kept.size == (1200, 320)


def test_a_transparent_picture_stays_so():
    kept = look.clean_logo(io.BytesIO(picture(mode="RGBA", colour=(1, 2, 3, 0))))
    assert Image.open(io.BytesIO(kept)).getpixel((0, 0))[3] == 0


def test_nothing_of_the_file_but_its_picture_is_kept():
    made = io.BytesIO()
    noted = Image.Exif()
    noted[270] = "a secret note"
    Image.new("RGB", (60, 20)).save(made, "JPEG", exif=noted)
    assert b"a secret note" in made.getvalue()
    assert b"a secret note" not in look.clean_logo(made)


HOSTILE = {
    "no picture": b"hello",
    "empty": b"",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "another format": picture(kind="GIF"),
    "cut off": picture((400, 400), colour="blue")[:30],
    "40 megapixels": claims(8000, 5000),
    "a bomb": claims(60_000, 60_000),
    "too large": b"\x89PNG" + b"0" * (look.MAX_UPLOAD + 1),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_logo_is_refused_with_a_sentence(data):
    with pytest.raises(ValidationError) as refused:
        look.clean_logo(io.BytesIO(data))
    assert refused.value.messages[0].endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"), [("#1B50C7 ", "#1b50c7"), ("", ""), ("#a5201b", "#a5201b")]
)
def test_a_colour_is_kept(typed, kept):
    assert look.clean_accent(typed) == kept


@pytest.mark.parametrize("typed", ["red", "#fff", "#ffffff", "#ffe600", "#1b50c7;}", "#gggggg"])
def test_a_colour_that_is_none_or_too_light_is_refused(typed):
    with pytest.raises(ValidationError):
        look.clean_accent(typed)


def test_contrast_is_that_of_wcag():
    assert look.contrast_on_white("#000000") == pytest.approx(21)
    assert look.contrast_on_white("#ffffff") == pytest.approx(1)
    assert look.contrast_on_white("#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.django_db
def test_a_founder_sets_it_and_it_is_ordered(plan, as_, woken, owner):
    client, page = as_("owner"), reverse("exports:look", args=[plan.uid])
    logo = SimpleUploadedFile("logo.png", picture(), "image/png")
    assert client.post(page, {"accent": "#a5201b", "logo": logo}).status_code == 302
    kept = Look.objects.get(plan=plan)
    assert kept.accent == "#a5201b" and bytes(kept.logo).startswith(b"\x89PNG")
    image = client.get(reverse("exports:logo", args=[plan.uid]))
    assert image["Content-Type"] == "image/png" and image.content == bytes(kept.logo)

    export = services.request_export(plan=plan, by=owner, language="en")
    assert look.printed(order_of(export))["accent"] == "#a5201b"
    assert look.printed(order_of(export))["logo"].startswith("logo:")

    client.post(page, {"accent": "#a5201b"})  # no new one: the old one stays
    assert Look.objects.get(plan=plan).logo
    client.post(page, {"accent": "", "without_logo": "on"})
    kept.refresh_from_db()
    assert kept.logo is None and kept.accent == ""
    assert client.get(reverse("exports:logo", args=[plan.uid])).status_code == 404


@pytest.mark.django_db
def test_what_is_refused_comes_back_with_a_sentence(plan, as_):
    page = reverse("exports:look", args=[plan.uid])
    bad = SimpleUploadedFile("logo.svg", HOSTILE["svg"], "image/svg+xml")
    answer = as_("owner").post(page, {"accent": "#1b50c7", "logo": bad})
    assert answer.status_code == 422
    assert "save an SVG as PNG first" in answer.content.decode()
    assert not Look.objects.exists()


@pytest.mark.parametrize("who", ["mentor", "viewer"])
@pytest.mark.django_db
def test_only_founders_set_it(plan, as_, who):
    assert as_(who).get(reverse("exports:look", args=[plan.uid])).status_code == 403


def test_logo_and_colour_are_printed(order, tools, tmp_path):
    logo = look.clean_logo(io.BytesIO(picture()))
    kept = Look(accent="#a5201b", logo=logo)
    target = tmp_path / "a.pdf"
    asked = order("en", sections=["team"], **look.order_of(kept))
    produce(asked, target, tools, lambda *_: None)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        red = b"0.647059 0.12549 0.105882 rg"
        assert red in pdf.pages[0].Contents.read_bytes()
