"""Texts are looked up in a catalogue, in Python and in the browser alike."""

import gettext
import json
import shutil
import subprocess
import sys
import zipfile

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from rnnviz import texts
from rnnviz.texts import ENGLISH, N_, Speech, _, ngettext, pgettext
from rnnviz.texts.catalogues import ELSEWHERE, for_browser, languages, speech
from tests.javascript import run
from tests.texts.pseudo import ROOT, load_tool

TOOL = load_tool()
ONE, MANY = "{count} step of {name}", "{count} steps of {name}"
RUSSIAN_RULE = Locale("ru").plural_form
RUSSIAN = {"one": "{count} шаг: {name}", "few": "{count} шага: {name}", "many": "{name}: {count}"}
MESSAGES = {"The answer is {answer}.": "{answer}: das ist die Antwort.", "Loss": "Verlust"}


@pytest.fixture
def spoken():
    """Makes a catalogue the language in force; English again afterwards."""
    yield lambda translations: texts.speak(lambda: Speech("xx", translations))
    texts.speak(lambda: ENGLISH)


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Writes a catalogue as a translator's folder has it."""

    def make(code, add):
        catalogue = Catalog(locale=code)
        add(catalogue)
        TOOL.compile_one(catalogue, tmp_path / f"{code}.po")
        monkeypatch.setenv(ELSEWHERE, str(tmp_path))
        speech.cache_clear()
        for_browser.cache_clear()

    yield make
    speech.cache_clear()
    for_browser.cache_clear()


def in_browser(catalogue, expression):
    source = f"""
      import {{ _, _nodes, ngettext, pgettext, speak }} from "./drawing/texts.js";
      speak(input.value);
      try {{ output({expression}); }} finally {{ speak(null); }}
    """
    return run(source, {"value": catalogue})


def german(catalogue):
    for message, translation in MESSAGES.items():
        catalogue.add(message, translation, [("a.py", 1), ("a.js", 1)])
    catalogue.add("open", "offen", [("a.js", 2)], context="a gate")


def russian(catalogue):
    catalogue.add((ONE, MANY), tuple(RUSSIAN.values()), [("a.js", 1)])


def test_english_stands_in_the_source_and_needs_no_catalogue():
    assert _("The answer is {answer}.", answer="D") == "The answer is D."
    assert for_browser("en") is None
    assert languages()[0] == "en"


def test_a_text_without_holes_may_have_braces_and_no_text_stays_none():
    assert _("{}") == "{}"
    assert _("") == ""
    assert N_("{a}") == "{a}"


def test_python_and_the_browser_say_the_same(made):
    made("de", german)
    assert languages() == ("en", "de")
    catalogue = for_browser("de")
    texts.speak(lambda: speech("de"))
    try:
        said = [_("The answer is {answer}.", answer="D"), _("Loss"), _("Gate"), _("")]
        said += [pgettext("a gate", "open"), pgettext("a file", "open")]
    finally:
        texts.speak(lambda: ENGLISH)
    assert said == ["D: das ist die Antwort.", "Verlust", "Gate", "", "offen", "open"]
    assert said == in_browser(
        catalogue,
        '[_("The answer is {answer}.", {answer: "D"}), _("Loss"), _("Gate"), _(""),'
        ' pgettext("a gate", "open"), pgettext("a file", "open")]',
    )


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111])
def test_the_plural_form_is_that_of_the_locale_s_rule_in_both_languages(made, count):
    made("ru", russian)
    form = speech("ru").translations.ngettext(ONE, MANY, count)
    assert form == RUSSIAN[RUSSIAN_RULE(count)]
    found = in_browser(for_browser("ru"), f'ngettext({ONE!r}, {MANY!r}, {count}, {{ name: "x" }})')
    assert found == form.format(count=count, name="x")


def test_english_has_its_two_forms_in_both_languages():
    for count in (0, 1, 2):
        found = in_browser(None, f'ngettext("{{count}} run", "{{count}} runs", {count})')
        assert found == ngettext("{count} run", "{count} runs", count)
    assert ngettext("{count} run", "{count} runs", 1) == "1 run"


def test_nodes_fill_the_holes_where_the_translation_has_them(made):
    made("de", german)
    expression = '_nodes("The answer is {answer}.", { answer: "D" })'
    assert in_browser(None, expression) == ["The answer is ", "D", "."]
    assert in_browser(for_browser("de"), expression) == ["D", ": das ist die Antwort."]


def test_a_hole_that_nothing_fills_is_a_fault_in_both_languages():
    with pytest.raises(KeyError, match="answer"):
        _("The answer is {answer}.", other="D")
    with pytest.raises(AssertionError, match="answer"):
        in_browser(None, '_("The answer is {answer}.", { other: "D" })')


def test_a_name_out_of_javascript_s_own_objects_is_no_text(made):
    made("de", german)
    assert in_browser(for_browser("de"), '[_("constructor"), _("toString")]') == [
        "constructor",
        "toString",
    ]


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("The answer is {answer}.", "Das ist die Antwort."),
        ("The answer is {answer}.", "{antwort} ist es."),
        ("Loss", "{loss}"),
        ((ONE, MANY), ("{count}", "{count}")),
    ],
)
def test_a_translation_with_other_holes_is_refused(tmp_path, text, translation):
    catalogue = Catalog(locale="de")
    catalogue.add(text, translation)
    with pytest.raises(TOOL.Untranslatable, match="other holes"):
        TOOL.compile_one(catalogue, tmp_path / "de.po")


def test_an_incomplete_translation_speaks_english_where_it_says_nothing(made):
    made("de", lambda catalogue: catalogue.add("Loss", "", [("a.js", 1)]))
    assert for_browser("de")["messages"] == {}
    assert speech("de").translations.gettext("Loss") == "Loss"


def test_the_template_is_that_of_the_source(tmp_path):
    TOOL.update(ROOT, tmp_path)
    fresh, kept = ((folder / TOOL.TEMPLATE).read_text() for folder in (tmp_path, TOOL.FOLDER))
    # The header tells which Babel wrote it.
    assert fresh.split("\n\n")[1:] == kept.split("\n\n")[1:], "run `python .ci/catalogues.py`"


def test_a_wheel_carries_what_building_made_of_a_catalogue(tmp_path):
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "node_modules", ".*_cache"))
    catalogue = Catalog(locale="de")
    german(catalogue)
    with (copy / "rnnviz" / "texts" / "catalogues" / "de.po").open("wb") as file:
        write_po(file, catalogue)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        found = json.loads(wheel.read("rnnviz/texts/catalogues/de.json"))
        compiled = gettext.GNUTranslations(wheel.open("rnnviz/texts/catalogues/de.mo"))
    assert found["messages"]["Loss"] == "Verlust"
    assert compiled.gettext("Loss") == "Verlust"
