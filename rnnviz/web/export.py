"""A component in one HTML file: script, style and its data inside it, nothing asked of anyone."""

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from rnnviz.network.losses import Loss
from rnnviz.texts import _
from rnnviz.web import bundle
from rnnviz.web.glossary import entries
from rnnviz.web.standalone import document
from rnnviz.web.step.recorded import Words, heading, recorded_payload
from rnnviz.writing import written

if TYPE_CHECKING:
    from rnnviz.recording.recording import Recording

STANDALONE = ("stepper", "by_hand", "gradients", "training")
"""What can stand in a file by itself: each has a module and a style sheet in browser/standalone."""

BODY = Template("""<noscript>$needs</noscript>
<script type="text/plain" id="run">$run</script>
<script type="application/json" id="glossary">$glossary</script>
<script type="module">$script</script>""")


def to_html(
    recording: "Recording",
    path: str | Path | None = None,
    *,
    title: str | None = None,
    story: str | None = None,
    labels: Words | None = None,
    input_names: Sequence[str] | None = None,
    loss: Loss | None = None,
    item: int | None = None,
) -> str | None:
    """The stepper with a recorded run in one HTML file, which works offline and asks nobody.

    It computes in float64 whatever it shows, and lets its reader change it. What was held is held
    there too, and can be undone.

    Args:
        path: where it is written; without one, the text is returned.
        title, story: its heading, and a sentence under it.
        labels: one word for each step ("hello" is five); for a batch such a list for each item.
        input_names: what each input is called; if all steps are one-hot, the symbols.
        loss: L, whose gradients it shows; by default the sum of the output at the last step.
        item: the one sequence of a batch to show, up to its end; labels and loss are then of it
            alone. By default the whole batch, and where its lengths differ the first.

    Raises:
        ValueError: labels, names or targets do not fit the sequence, or there is no such item.
    """
    if item is not None or recording.lengths is not None:
        recording = recording.sequence(item or 0)
    title = heading(recording) if title is None else title
    payload = recorded_payload(
        recording, title=title, story=story, labels=labels, input_names=input_names, loss=loss
    )
    return written(one_file(payload, title), path)


def one_file(payload: bytes, title: str, component: str = "stepper") -> str:
    """A page that shows a component wherever it is opened, from a disk and offline too.

    Args:
        payload: what the component gets; the stepper's is what `step_payload` gives.
        title: of the browser's tab.
        component: one of `STANDALONE`.
    """
    script, style = script_of(f"standalone/{component}.js"), style_of(f"standalone/{component}.css")
    body = BODY.substitute(
        needs=html.escape(_("This page computes every number it shows: it needs JavaScript.")),
        run=base64.b64encode(payload).decode(),
        glossary=json.dumps(entries(), ensure_ascii=False).replace("<", r"\u003C"),
        script=script,
    )
    policy = policy_of([style], script)
    return document(title=title, policy=policy, style=style, body=body, schemes="light dark")


@cache
def script_of(module: str) -> str:
    """A module with all it imports, which cannot end the element it stands in."""
    return bundle.bundle(module).code.replace("</script", r"\x3C/script")


@cache
def style_of(sheet: str) -> str:
    """A style sheet with all it imports, which cannot end the element it stands in."""
    return bundle.style(sheet).replace("</", r"<\/")


def policy_of(styles: Sequence[str], script: str) -> str:
    """Nothing is loaded; what runs is what stands here.

    Only the style attributes are free: the views place what they draw with them.
    """
    sheets = " ".join(f"'{_digest(style)}'" for style in styles)
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src-elem {sheets}",
            "style-src-attr 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
