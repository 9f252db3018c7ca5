"""Which language a visitor reads: the one their link names, else their browser's, else English."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnviz import texts
from rnnviz.texts.catalogues import languages, speech
from rnnviz.texts.spoken import ENGLISH, Speech
from rnnviz.web.address import lasting

READ = "the language the visitor reads"


def speak() -> None:
    """Have each session's texts made in its visitor's language."""
    asked = st.query_params.get(lasting.LANGUAGE)
    if asked in languages():
        lasting.change(lasting.LANGUAGE, asked)
    st.session_state[READ] = lasting.named().get(lasting.LANGUAGE) or _browsers()
    texts.speak(_visitors)


def _visitors() -> Speech:
    """Of whom this thread serves; in a notebook, or a thread of its own, nobody."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH
    return speech(st.session_state.get(READ, ENGLISH.code))


def _browsers() -> str:
    """The browser's language if there is a catalogue; "zh-TW" reads "zh" where it has none."""
    wanted = st.context.locale or ENGLISH.code
    known = {code.lower().replace("_", "-"): code for code in languages()}
    for tag in (wanted, wanted.partition("-")[0]):
        if tag.lower() in known:
            return known[tag.lower()]
    return ENGLISH.code
