"""The pseudo-language, made the one in force."""

import pytest

from rnnviz import texts
from rnnviz.texts import ENGLISH
from rnnviz.texts.catalogues import ELSEWHERE, for_browser, speech
from tests.texts.pseudo import CODE, write_catalogue


@pytest.fixture(scope="session")
def pseudo_catalogue(tmp_path_factory):
    """The folder it lies in."""
    return write_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture
def pseudo(pseudo_catalogue, monkeypatch):
    """Makes it the language in force; English again afterwards."""
    monkeypatch.setenv(ELSEWHERE, str(pseudo_catalogue))
    yield lambda: texts.speak(lambda: speech(CODE))
    texts.speak(lambda: ENGLISH)
    speech.cache_clear()
    for_browser.cache_clear()
