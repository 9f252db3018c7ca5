"""The job "Rate texts": its choices, the runs, and what came out."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from rnnviz.data import Reviews
from rnnviz.data.table import Table
from rnnviz.texts import _, ngettext
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.comparison.comparison import LETTERS
from rnnviz.web.controls import Panel, line
from rnnviz.web.data.brought import Brought
from rnnviz.web.data.learning import learn
from rnnviz.web.data.reviews.made_texts import MADE, Made
from rnnviz.web.data.reviews.numbering import numbered
from rnnviz.web.data.reviews.rated import Looked
from rnnviz.web.data.reviews.seeds import over_seeds
from rnnviz.web.data.reviews.settings import OF_RUNS, schema_of
from rnnviz.web.data.reviews.shown import show

PANEL = "reviews"
NETWORK = ("readout", "dropout", "recurrent_dropout", "learning_rate", "batch", "seed", "seeds")


def reviews_job(found: Brought) -> Mapping[str, str]:
    """Draw it, and return what the address is to say of its choices."""
    panel, made = Panel(PANEL, schema_of(found.table)), MADE.get(found.key)
    for name in ("text_column", "label_column"):
        if not panel.schema[name].kind.allows(panel.value(name)):
            panel.set(name, panel.schema[name].default)
    with st.sidebar:
        _choose(panel, made)
    for name in ("sentence", "word"):
        panel.hold(name)
    of = numbered(found.table, _asked(panel.chosen, made))
    if of is None:
        return panel.query()
    chosen = _runs(of, panel.chosen)
    _say(of, chosen)
    example = made.text if made else str(of.test.texts[0])
    typed = panel.draw("sentence", look=line, placeholder=example, max_chars=None)
    looked = Looked(
        of, typed if typed.strip() else example, _beside(panel.chosen, made), found.table.first_row
    )
    learn(PANEL, chosen, partial(show, looked, panel), read=looked.reading)
    over_seeds(of, chosen, panel.chosen["seeds"])
    return panel.query()


def _choose(panel: Panel, made: Made | None) -> None:
    """The sidebar: columns and tokens, what is held out, the cells, and what else a network has."""
    for name in ("text_column", "label_column"):
        panel.draw(name)
    panel.draw("cells", max_selections=len(LETTERS))
    for name in ("hidden", "embedding", "epochs"):
        panel.draw(name)
    with st.expander(_("Tokens and padding")):
        for name in ("token", "vocabulary", "longest", "padding"):
            panel.draw(name)
    with st.expander(_("What is held out")):
        if made:
            panel.draw("judged_on")
        if not _is_on_templates(panel.chosen, made):
            panel.draw("held_out")
    with st.expander(_("Network and optimizer")):
        several = panel.draw("layers") > 1
        for name in (*(["skip"] if several else []), *NETWORK):
            panel.draw(name)


def _is_on_templates(chosen: Mapping[str, Any], made: Made | None) -> bool:
    """Whether what is held out is of other templates."""
    return made is not None and chosen["judged_on"] == "templates"


def _asked(chosen: Mapping[str, Any], made: Made | None) -> dict[str, Any]:
    """What `reviews` is given besides the table."""
    on_templates = made and _is_on_templates(chosen, made)
    return {
        "text": chosen["text_column"],
        "label": chosen["label_column"],
        "by": None if chosen["token"] == "found" else chosen["token"],
        "vocabulary": chosen["vocabulary"],
        "length": chosen["longest"],
        "padding": chosen["padding"],
        "held_out": made.fresh(held_out=True) if made and on_templates else chosen["held_out"],
        "seed": chosen["seed"],
    }


def _beside(chosen: Mapping[str, Any], made: Made | None) -> tuple[str, Table] | None:
    """Of made reviews, those of the templates that the held-out rows are not of."""
    if made is None:
        return None
    if _is_on_templates(chosen, made):
        return _("new rows of the templates learnt from"), made.fresh(held_out=False)
    return _("other templates"), made.fresh(held_out=True)


def _runs(of: Reviews, chosen: Mapping[str, Any]) -> Chosen:
    """A run of each cell, alike in all else."""
    first, *others = chosen["cells"][: len(LETTERS)]
    base = {name: chosen[name] for name in OF_RUNS if name in chosen}
    updates = of.updates(chosen["epochs"], chosen["batch"])
    base |= {"task": of.task, "cell": first, "updates": updates}
    return Chosen(base, tuple({"cell": cell} for cell in others))


def _say(of: Reviews, chosen: Chosen) -> None:
    """How many texts there are, what an epoch is, and what was left out."""
    updates, batch = chosen.base["updates"], chosen.base["batch"]
    said = _(
        "{learnt} texts are learnt from, {judged} are held out; {tokens} tokens are told apart, "
        "and a text has up to {longest}. {updates} updates of {batch} texts are {epochs} epochs.",
        learnt=f"{len(of.train):,}",
        judged=f"{len(of.test):,}",
        tokens=f"{len(of.coding.vocabulary):,}",
        longest=f"{of.coding.length:,}",
        updates=f"{updates:,}",
        batch=f"{batch:,}",
        epochs=f"{updates * batch / len(of.train):.3g}",
    )
    if of.left_out:
        said += " " + ngettext(
            "{count} row without a word or a label is left out.",
            "{count} rows without a word or a label are left out.",
            len(of.left_out),
        )
    st.caption(said)
