"""A sentence is made where nobody's language is known and read in that of whoever reads it."""

import json
import pickle
import re
from gettext import NullTranslations

import pytest

from rnnviz import texts
from rnnviz.equations import EquationError, parse
from rnnviz.interop.checkpoints import load_bytes
from rnnviz.interop.readers import Readers
from rnnviz.interop.refusals import CheckpointError
from rnnviz.network.initial import Initial
from rnnviz.texts import ENGLISH, Counted, Sentence, Speech, sentence_of
from rnnviz.texts.sentence import from_json, to_json
from rnnviz.training.knobs.knobs import Knobs
from tests.texts.pseudo import ROOT, load_tool, outside

GERMAN = {
    "layer {layer}: {problem}": "Schicht {layer}: {problem}",
    "it is empty": "sie ist leer",
    "{file}: {problem}": "{problem} ({file})",
}
PLURAL = ("it has {count} layer", "it has {count} layers")


class Translations(NullTranslations):
    """German of these texts alone; a count of two has a form of its own."""

    def gettext(self, message):
        return GERMAN.get(message, message)

    def ngettext(self, one, many, count):
        return {1: "eine Schicht", 2: "beide Schichten"}.get(count, "{count} Schichten")


@pytest.fixture
def german():
    """Makes German the language in force; English again afterwards."""
    yield lambda: texts.speak(lambda: Speech("de", Translations()))
    texts.speak(lambda: ENGLISH)


NESTED = Sentence("layer {layer}: {problem}", layer=1, problem=Sentence("it is empty"))
COUNTED = [Counted(*PLURAL, count) for count in (1, 2, 5)]


def test_a_sentence_is_read_in_the_language_that_is_in_force_when_it_is_read(german):
    assert str(NESTED) == f"{NESTED}" == "layer 1: it is empty"
    german()
    assert str(NESTED) == f"{NESTED}" == "Schicht 1: sie ist leer"


def test_a_count_chooses_the_form_of_that_language(german):
    assert [*map(str, COUNTED)] == ["it has 1 layer", "it has 2 layers", "it has 5 layers"]
    german()
    assert [*map(str, COUNTED)] == ["eine Schicht", "beide Schichten", "5 Schichten"]


@pytest.mark.parametrize("sentence", [NESTED, *COUNTED, Sentence("{}"), Sentence("it is empty")])
@pytest.mark.parametrize(
    "sent",
    [
        lambda sentence: pickle.loads(pickle.dumps(sentence)),  # noqa: S301
        lambda sentence: from_json(json.loads(json.dumps(to_json(sentence)))),
        lambda sentence: sentence_of(ValueError(sentence)),
        lambda sentence: sentence_of(pickle.loads(pickle.dumps(ValueError(sentence)))),  # noqa: S301
    ],
    ids=["pickled", "json", "raised", "raised and pickled"],
)
def test_what_travels_is_the_sentence_and_not_its_english(german, sentence, sent):
    english, found = str(sentence), sent(sentence)
    assert (str(found), repr(found)) == (english, repr(english))
    german()
    assert str(found) == str(sentence)


def test_sentences_are_equal_when_they_say_the_same():
    assert Sentence("{a}", a=1) == Sentence("{a}", a=1) != Sentence("{a}", a=2)
    assert Counted(*PLURAL, 2) == Counted(*PLURAL, 2) != Counted(*PLURAL, 3)
    assert len({NESTED, Sentence("layer {layer}: {problem}", layer=1, problem="")}) == 2


def test_what_an_exception_of_a_library_says_is_its_text():
    assert sentence_of(ValueError("theirs")) == "theirs"
    assert sentence_of(ValueError()) == ""


@pytest.mark.parametrize(
    "refused",
    [
        lambda: parse("h = tan(h_prev)"),
        lambda: parse("h = x + h_prev"),
        lambda: load_bytes("m.npz", b""),
        lambda: Knobs(batch=0),
        lambda: Initial(chrono=5, forget_bias=1.0),
    ],
    ids=["function", "sizes", "file", "setting", "initial"],
)
def test_a_refusal_that_was_kept_is_read_in_another_language(pseudo, refused):
    with pytest.raises(ValueError, match=r"[a-z]") as found:
        refused()
    english = str(found.value)
    pseudo()
    read = str(found.value)
    assert read != english
    assert re.findall(r"[^\W\d_]{3,}", outside(read)) == []


def test_a_process_that_reads_files_speaks_the_reader_s_language(pseudo):
    session = Readers().session()
    try:
        with pytest.raises(CheckpointError) as found:
            session.load("m.npz", b"no zip file")
    finally:
        session.close()
    assert str(found.value) == "m.npz: it is damaged or cut off"
    pseudo()
    assert outside(str(found.value)) == ""


def test_an_equation_s_message_has_its_place_in_the_same_language(pseudo):
    with pytest.raises(EquationError) as found:
        parse("h = h_prev\nc = tan(h_prev)")
    assert found.value.message.startswith("Line 2, column 5: `tan` is no function")
    pseudo()
    assert outside(found.value.message) == ""


def test_the_catalogue_tool_finds_them():
    ids = [message.id for message in load_tool().template(ROOT)]
    assert "{file}: {problem}" in ids
    assert any(isinstance(one, tuple) and one[0].startswith("it has {count}") for one in ids)
