"""Every page in a language that is none: each text that a visitor sees has gone through the
catalogue (it stands in brackets), and longer texts break no layout."""

import re

import pytest

from rnnviz.cells import GALLERY
from rnnviz.data.made.reviews import LABELS
from rnnviz.data.made.series import MADE, made_series
from rnnviz.operations import OPERATIONS
from rnnviz.web.data.reviews.made_texts import MADE as MADE_TEXTS
from tests.texts.pseudo import CODE, outside

WRONG = "/?cell=own&equations=h+%3D+tan(h_prev)"
PAGES = {
    "step": ["/", "/?cell=GRU+(PyTorch)&sequence=sine&layers=2&direction=both"],
    "step, pictures": [
        "/#view=step:9,figure:answer,figure:gates,figure:unrolled,pass:backward,end",
        "/?sequence=next+character#view=step:3,explained:readout.loss:1,figure:answer,end",
        "/?sequence=adding+problem#view=explained:readout.loss:1,figure:unrolled,end",
        "/?weights=fresh&sequence=numbers&numbers=1+2#view=explained:readout.loss:1,end",
    ],
    "step, beside": [
        "/?beside=untouched",
        "/?beside=MGU&layers=2&direction=both&weights=fresh",
    ],
    "step, own": ["/?sequence=numbers", "/?sequence=text", "/?cell=own", "/?weights=file", WRONG],
    "step, long": [
        f"/?sequence=numbers&weights=fresh&numbers={'+'.join('12' * 100)}",
        "/?sequence=random&weights=fresh&outputs=8",
        "/?sequence=text&weights=file&text=ACGACG",
    ],
    "step, typed": [
        "/?weights=typed&hidden=2&layers=2&direction=both",
        "/?weights=typed&hidden=2&sequence=numbers",
        "/?weights=typed&hidden=8",
    ],
    "gradients": [
        "/Gradients",
        "/Gradients?scale=0",
        "/Gradients?activation=relu&length=200",
        "/Gradients?guess=show&attention=shown",
    ],
    "train": [
        "/Train",
        "/Train?task=adding+problem&hidden=16",
        "/Train?lesson=forget+bias",
        "/Train?task=series",
    ],
    "cliff": ["/Train?view=cliff"],
    "own loop": ["/Train?view=own"],
    "race": ["/Train?view=race"],
    "which cell": ["/Train?view=cells&compare+layers=1;2&compare+cells=own;LSTM"],
    "sizes": [
        "/Train?view=sizes&sizes+task=bit+recall&sizes+length=3&sizes+updates=25&sizes+seeds=1"
        "&sizes+vary=hidden;cell;layers;dropout&sizes+hidden=1,2&sizes+layers=2&sizes+dropout=0",
        "/Train?view=sizes&sizes+way=random&sizes+vary=hidden;learning_rate;batch;optimizer;readout",
    ],
    "sizes, refused": [
        "/Train?view=sizes&sizes+hidden=many&sizes+vary=hidden;recurrent_dropout&sizes+way=tpe",
        "/Train?view=sizes&sizes+task=run&sizes+vary=hidden;skip",
    ],
    "by hand": [
        "/By_hand",
        "/By_hand?cell=RNN+(tanh)&begin=edge",
        "/By_hand?cell=GRU+(PyTorch)&units=3&inputs=2&outputs=2&begin=drawn",
        "/By_hand?cell=own",
        "/By_hand?challenge=hold#view=weight:0.b_f:1:10,input:1:2:1:0.5,end",
        "/By_hand?challenge=gradient",
        "/By_hand?challenge=one-input",
        "/By_hand?challenge=addition",
    ],
    "shapes": [
        "/Shapes",
        "/Shapes?kind=GRU&bidirectional=True&lengths=5;3;2&vocabulary=50&outputs=4&initial=given",
        "/Shapes?kind=RNN&batch=0&num_layers=1",
        "/Shapes?lengths=2;5;3&packed=False&proj_size=3&length=6&batch_first=True&dropout=0.2",
    ],
    "cells": ["/Cells"],
    "course": ["/Course", "/?cell=LSTM&course=forget-keeps"],
    "room": ["/Shapes?room=none", "/Shapes"],
    "your data": [
        "/Your_data",
        "/Your_data?data=shop&cells=LSTM;GRU+(PyTorch)&hidden=4&fed=fed&made=3&end=900",
        "/Your_data?data=shop&inputs=holiday&horizon=1&season=none&stride=1000",
        "/Your_data?data=shop&inputs=holiday&hidden=4&horizon=1&season=none",
        "/Your_data?data=reviews",
        "/Your_data?data=reviews&hidden=4&embedding=3&epochs=0.1&made=25&readout=attention"
        "&cells=LSTM;RNN+(tanh)&sentence=not+zzz+bad&word=2",
        "/Your_data?data=reviews&judged_on=templates&sentence=...&layers=2",
        "/Your_data?data=rhymes",
        "/Your_data?data=sentences&text_by=words&text_window=4&text_cells=LSTM;MGU",
    ],
    "your data, own": [
        "/Your_data?data=file",
        "/Your_data?data=paste",
        "/Your_data?data=paste&paste=21,5%0A21,7%0A22,0",
        "/Your_data?data=paste&paste=a;b%0A1,5;%0A2,5;7&header=no&separator=semicolon",
        "/Your_data?data=paste&paste=a;n%0A3/4/2024;1%0A5/4/2024;",
        "/Your_data?data=paste&paste=1,2%0A3,4,5",
        f"/Your_data?data=paste&paste={'%0A'.join([','.join('1' * 13)] * 3)}",
    ],
}
PRESSED = {
    "gradients": ["just show me"],
    "train": ["just show me"],
    "course": 4 * ["just show me"],
    "cliff": ["just show me"],
    "your data, own": ["Read it otherwise"],
    "race": ["just show me"],
    "sizes": ["Start the search"],
    "cells": ["glossary", "forget gate"],
    "room": [
        *("rooms:", "open a room", "ask the room", "bring everybody"),
        "show everybody how",
    ],
    "shapes": ["just show me", "Paste code", "Read it", "rnn(x.double())"],
    "step": ["just show me", "old each gate in turn"],
    "step, beside": ["cut the input", "every input"],
    "step, typed": ["set them to zero", "As text", "copy the text"],
    "step, own": ["What changes if", "What can be written"],
}
"""What is pressed on those of its pages that have it: the texts that come after are read too."""
ABBREVIATIONS = [
    "RNN",
    "Viz",
    "PyTorch",
    "NumPy",
    "CSV",
    "PNG",
    "SVG",
    "HTML",
    "safetensors",
    "LaTeX",
    "Plotly",
    "Embedding",
    "Linear",
    "Keras",
    "ONNX",
    "rnnviz",
    "MAE",
    "RMSE",
    "sgd",
    "adam",
]
COLUMNS = [name for series in MADE for name in made_series(series).columns]
REVIEWS = ["text", "label", *LABELS]
NAMES = {
    word
    for name in [*GALLERY, *OPERATIONS, *ABBREVIATIONS, *COLUMNS, *REVIEWS]
    for word in re.findall(r"[^\W\d_]{3,}", name)
}
"""What is called the same in every language."""
READ = """
() => {
  const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"];
  const STREAMLITS = [
    "script", "style", "noscript", "code", "pre", ".katex", "textarea", "[data-verbatim]",
    "[data-testid=stHeader]", "[data-testid=stStatusWidget]", "[data-testid=stIconMaterial]",
    "[data-testid=stFileUploaderDropzone]", "[data-testid=InputInstructions]", ".js-plotly-plot",
    "[data-testid=stElementToolbar]", "[data-testid=stSidebarHeader]", "[role=alertdialog]",
  ].join(",");
  const found = [];
  // A sentence with a bold word or a number in it is several nodes.
  const around = ({ parentElement: one }) =>
    [one, one?.parentElement].filter(Boolean).map(({ textContent }) => textContent);
  const walk = (node, shown) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.trim()) found.push([node.data, ...around(node)]);
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches(STREAMLITS)) return;
      for (const name of ATTRIBUTES)
        if (node.hasAttribute(name)) found.push([node.getAttribute(name)]);
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(document.querySelector("[data-testid=stMain]"));
  const side = document.querySelector("[data-testid=stSidebarContent]");
  if (side) walk(side);
  return [...new Map(found.map((texts) => [texts[0], texts])).values()];
}
"""
FIRST_CHINESE = "\u2e80"
STREAMLIT_WORDS = {
    "Clear all", "Clear", "open", "Close", "Help", "Selected", "Link to heading", "Remove",
    "Increment", "Decrement", "Step up", "Step down", "Collapse", "Expand", "No options",
    "Open", "Selected values", "progress", "Copy to clipboard",
}  # fmt: skip
"""Labels of Streamlit's own controls, which speak English."""
READ_ALOUD = {made.text for made in MADE_TEXTS.values()}
"""Reviews that a network reads; they are of the language of their corpus."""
STREAMLIT_BUTTON = re.compile("Help for |Remove ")
"""How it calls the button beside a label, or the cross in a chosen option."""
UNNAMED = re.compile(r"column \d+")
"""What a column is called, in links too, whose file has no name for it."""
WIDE = """
() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]
"""
CUT = """
() => {
  const cut = [];
  const walk = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.shadowRoot) walk(node.shadowRoot);
      if (!node.matches("button, label, th, td, .row-label, summary")) continue;
      if (node.getBoundingClientRect().right <= 0) continue; // in the sidebar, which is closed
      if (node.clientWidth && node.scrollWidth > node.clientWidth + 1 &&
          getComputedStyle(node).overflowX !== "auto") cut.push(node.textContent.trim());
    }
  };
  walk(document);
  return cut;
}
"""


def leftovers(texts):
    """The words that stand outside all brackets, by the text they stand in; each text comes with
    those around it, of which it may be a piece."""
    found = {}
    for text, *around in texts:
        if outside(text).strip() in {*STREAMLIT_WORDS, *READ_ALOUD}:
            continue
        if all(unknown(one) for one in (text, *around)):
            found[text] = unknown(text)
    return found


def unknown(text):
    """Words outside all brackets that are no names; Chinese ones are names in their language."""
    ours = UNNAMED.sub("", STREAMLIT_BUTTON.sub("", text, count=1))
    words = re.findall(r"[^\W\d_]{3,}", outside(ours))
    return [word for word in words if word not in NAMES and word < FIRST_CHINESE]


def spoken(path):
    """The same address in the language that is none."""
    address, mark, view = path.partition("#")
    return f"{address}{'&' if '?' in address else '?'}language={CODE}{mark}{view}"


@pytest.mark.parametrize("place", PAGES)
def test_no_text_went_past_the_catalogue(visit, place):
    """And on the first of its addresses longer texts break no layout."""
    found, pressed = {}, set()
    for path in PAGES[place]:
        page = visit(spoken(path))
        page.wait_for_timeout(1500)
        if path == PAGES[place][0]:
            assert layout_faults(page) == []
        found |= leftovers(page.evaluate(READ))
        for name in PRESSED.get(place, []):
            fold = page.locator("summary").filter(has_text=name)
            button, radio = (page.get_by_role(role, name=name) for role in ("button", "radio"))
            button = button.or_(radio).or_(fold).first
            if button.count():
                button.click()
                pressed.add(name)
                page.wait_for_timeout(1500)
        found |= leftovers(page.evaluate(READ))
    assert found == {}
    assert pressed == set(PRESSED.get(place, []))


@pytest.mark.parametrize("place", PAGES)
def test_longer_texts_break_no_layout_on_a_phone(visit, place):
    page = visit(spoken(PAGES[place][0]), "phone")
    page.wait_for_timeout(1500)
    assert layout_faults(page) == []


def layout_faults(page):
    """A page that is wider than the screen, and what is cut."""
    width, room = page.evaluate(WIDE)
    wide = [f"{width} pixels in {room}"] if width > room else []
    return [*wide, *page.evaluate(CUT)]
