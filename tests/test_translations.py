"""Every text has its Simplified Chinese translation, and no text stands outside gettext."""

import subprocess
from pathlib import Path

import polib
import pytest
from django.utils import translation

from apps.core.ops import catalogues, messages
from apps.core.ops.messages import Message
from apps.core.ops.messages_check import compare, disagreements, problems
from tests.texts import hard_coded_in_python, hard_coded_in_template

BASE = catalogues.BASE_DIR
PYTHON = [path for _app, path in messages.sources() if path.suffix == ".py"]
TEMPLATES = [path for _app, path in messages.sources() if path.suffix != ".py"]
# What may stand untranslated, each with the reason.
ALLOWED = {
    "TAM", "SAM", "SOM", "SHA-256",  # abbreviations that both languages write so
    "'简体中文'", "'中文'",  # a language is offered under its own name
    "'yyyy\"年\"m\"月\"'",  # how a workbook writes a month, chosen by language
    "'万亿'",  # how Chinese shortens numbers, chosen by language
    "'<html lang=zh><p>warm <b>暖</b>'",  # warms the fonts up; nobody reads it
}  # fmt: skip
# Shown when nothing else works, so it translates nothing and stands in both languages.
IN_BOTH_LANGUAGES = {"templates/core/500.html"}


# --- Catalogues ----------------------------------------------------------------------------------
def test_every_text_has_its_translation() -> None:
    found = problems()
    assert not found, "\n".join(["Run manage.py messages and translate:", *found])


def test_every_catalogue_is_compiled() -> None:
    for app in messages.collect():
        path = messages.catalogue_path(app)
        compiled = polib.mofile(str(path.with_suffix(".mo")))
        assert len(compiled) == len(messages.read(path))


def test_what_the_catalogue_says_is_what_people_see() -> None:
    """No package that translates the same words otherwise stands before us."""
    with translation.override("zh-hans"):
        for app in messages.collect():
            for entry in messages.read(messages.catalogue_path(app)):
                shown = as_people_see(messages.message_of(entry))
                assert shown == messages.translation_of(entry), (app, entry.msgid)


def as_people_see(message: Message) -> str:
    text, plural, context = message
    if plural:
        return translation.npgettext(context, text, plural, 1) if context else (
            translation.ngettext(text, plural, 1)
        )  # fmt: skip
    return translation.pgettext(context, text) if context else translation.gettext(text)


def test_compiled_catalogues_are_not_committed() -> None:
    ignored = subprocess.run(
        ["git", "check-ignore", "-q", "--no-index", "apps/core/locale/zh_Hans/LC_MESSAGES/x.mo"],
        cwd=BASE,
    )
    assert ignored.returncode == 0


# --- Hard-coded texts ----------------------------------------------------------------------------
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BASE)))
def test_a_template_says_nothing_outside_translation_tags(path: Path) -> None:
    found = set(hard_coded_in_template(path.read_text(encoding="utf-8"))) - ALLOWED
    assert bool(found) == (str(path.relative_to(BASE)) in IN_BOTH_LANGUAGES), found


def test_python_shows_people_only_what_gettext_wraps() -> None:
    for path in PYTHON:
        found = set(hard_coded_in_python(path.read_text(encoding="utf-8"))) - ALLOWED
        assert not found, f"{path.relative_to(BASE)}: {found}"


# --- The tools see what they should --------------------------------------------------------------
def catalogue_of(texts: dict[str, str]) -> polib.POFile:
    made = polib.POFile()
    made.extend(polib.POEntry(msgid=text, msgstr=said) for text, said in texts.items())
    return made


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("A" " b")', [Message("A b")]),
        ('gettext_lazy("A"), translation.gettext("B")', [Message("A"), Message("B")]),
        ('ngettext("a row", "%(n)s rows", n)', [Message("a row", "%(n)s rows")]),
        ('npgettext("team", "a", "b", n)', [Message("a", "b", "team")]),
        ('pgettext_lazy("team", "Role")', [Message("Role", context="team")]),
        ('_(name), print("No"), "gettext"', []),
    ],
)
def test_texts_are_found_in_python(source: str, found: list[Message]) -> None:
    assert list(messages.in_python(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>No</p>", []),
        ('<a title="{% translate \'Edit\' %}">', [Message("Edit")]),
        ('{% translate "Role" context "team" %}', [Message("Role", context="team")]),
        (
            "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows"
            "{% endblocktranslate %}",
            [Message("%(n)s row", "%(n)s rows")],
        ),
        (
            '{% blocktranslate with p=x|default:_("A (b)") %}100% of\n{{ p }}'
            "{% endblocktranslate %}",
            [Message("A (b)"), Message("100%% of\n%(p)s")],
        ),
        ('{{ x|default:_("Some one") }}{% comment %}{% translate "No" %}{% endcomment %}',
         [Message("Some one")]),
    ],
)  # fmt: skip
def test_texts_are_found_in_templates(source: str, found: list[Message]) -> None:
    assert list(messages.in_template("{% load i18n %}" + source)) == found


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", "missing: Hello %(name)s\n"),
        ("你好\n", "placeholders [] instead of ['name']: Hello %(name)s\n"),
        ("你好 %(nam)s\n", "placeholders ['nam'] instead of ['name']: Hello %(name)s\n"),
        ("你好 %(name)s", "other line breaks at its ends: Hello %(name)s\n"),
    ],
)
def test_a_translation_that_does_not_fit_is_seen(said: str, problem: str) -> None:
    text = "Hello %(name)s\n"
    assert list(compare(catalogue_of({text: said}), [Message(text)])) == [problem]


def test_missing_fuzzy_obsolete_and_differing_texts_are_seen() -> None:
    catalogue = catalogue_of({"Plan": "计划", "Old": "旧"})
    catalogue[0].flags = ["fuzzy"]
    assert list(compare(catalogue, [Message("Plan"), Message("New")])) == [
        "fuzzy: Plan", "missing: New", "obsolete: Old",
    ]  # fmt: skip
    both = {"a": catalogue_of({"Goal": "目标"}), "b": catalogue_of({"Goal": "进球"})}
    assert list(disagreements(both)) == ["b: “Goal” is “进球” here and “目标” in a"]


def test_an_update_adds_keeps_and_drops() -> None:
    made = messages.updated(
        catalogue_of({"Keep": "留", "Drop": "去"}), [Message("New", "News"), Message("Keep")]
    )
    assert [(e.msgid, messages.translation_of(e)) for e in made] == [("New", ""), ("Keep", "留")]
    assert made.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert not any(entry.occurrences for entry in made)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Save it</p>", ["Save it"]),
        ("<p>保存</p>", ["保存"]),
        ('<a title="Edit {{ row }}">', ["Edit"]),
        ('<input type="submit" value="Go on">', ["Go on"]),
        ('{{ person|default:"Somebody" }}', ["Somebody"]),
        ("{% if a %}Yes{% endif %}", ["Yes"]),
        ('{% translate "Save" %} {% blocktranslate %}Save{% endblocktranslate %}', []),
        ('<a class="btn" href="/plans/">{{ x }} · —</a>{# a note #}<script>let go</script>', []),
        ("{% block mainclass %}page-text{% endblock %}", []),
    ],
)
def test_hard_coded_texts_are_seen_in_templates(source: str, found: list[str]) -> None:
    seen = hard_coded_in_template(source)
    assert [" ".join(text.split()) for text in seen] == found


@pytest.mark.parametrize(
    "source",
    [
        'field = ShortText(verbose_name="name")',
        'field = CharField(help_text="Say %s" % why)',
        'Section(name="x", title="Market")',
        'Table(singular=f"row {x}")',
        'messages.success(request, "Saved")',
        'raise forms.ValidationError("Too long")',
        'form.add_error("email", "Taken")',
        '_(f"Hello {name}")',
        'class Meta:\n    labels = {"a": "Name"}',
        'class Role(models.TextChoices):\n    OWNER = "owner", "Owner"',
        'x = "保存"',
    ],
)
def test_hard_coded_texts_are_seen_in_python(source: str) -> None:
    assert hard_coded_in_python(source)


def test_wrapped_texts_and_technical_words_pass() -> None:
    assert not hard_coded_in_python(
        '"""说明"""\n'
        'Table(name="row", title=_("Rows"), singular=gettext_lazy("row"))\n'
        'messages.success(request, _("Saved: %(row)s") % {"row": row})\n'
        'logger.error("it failed", row)\n'
        'class Role(models.TextChoices):\n    OWNER = "owner", _("Owner")\n'
    )
