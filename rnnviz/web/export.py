"""A component in one HTML file: modules, styles and its data inside it, nothing asked of anyone.

A browser runs a module of a file only from where the security policy lets it: here each stands in
the page's import map as a data: address, and its imports name the others by their keys in that map.
"""

import base64
import hashlib
import html
import json
import posixpath
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from rnnviz.network.losses import Loss
from rnnviz.texts import _, language
from rnnviz.web.step.recorded import Words, heading, recorded_payload

if TYPE_CHECKING:
    from rnnviz.recording.recording import Recording

BROWSER = Path(__file__).parent / "browser"
STANDALONE = ("stepper", "by_hand", "gradients", "training")
"""What can stand in a file by itself: each has a module and a style sheet in browser/standalone."""
IMPORT = re.compile(
    r"""^((?:import|export)\b[^"';]*\bfrom\s+|import\s+)"(\.[^"]+)\"""", re.MULTILINE
)
CSS_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)

PAGE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="RNN Viz">
<link rel="icon" href="data:,">
<title>$title</title>
<style>$style</style>
<script type="importmap">$modules</script>
</head>
<body>
<noscript>$needs</noscript>
<script type="text/plain" id="run">$run</script>
<script type="module">$start</script>
</body>
</html>
""")


def to_html(
    recording: "Recording",
    path: str | Path | None = None,
    *,
    title: str | None = None,
    story: str | None = None,
    labels: Words | None = None,
    input_names: Sequence[str] | None = None,
    loss: Loss | None = None,
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

    Raises:
        ValueError: labels, names or targets do not fit the sequence.
    """
    title = heading(recording) if title is None else title
    payload = recorded_payload(
        recording, title=title, story=story, labels=labels, input_names=input_names, loss=loss
    )
    text = one_file(payload, title)
    if path is None:
        return text
    Path(path).write_text(text, encoding="utf-8")
    return None


def one_file(payload: bytes, title: str, component: str = "stepper") -> str:
    """A page that shows a component wherever it is opened, from a disk and offline too.

    Args:
        payload: what the component gets; the stepper's is what `step_payload` gives.
        title: of the browser's tab.
        component: one of `STANDALONE`.
    """
    entry = f"standalone/{component}.js"
    style = _style(f"standalone/{component}.css")
    modules, start = _import_map(entry), f'import "{_key(entry)}";'
    return PAGE.substitute(
        language=language(),
        needs=html.escape(_("This page computes every number it shows: it needs JavaScript.")),
        policy=_policy(style, modules, start),
        title=html.escape(title.encode(errors="replace").decode()),
        style=style,
        modules=modules,
        run=base64.b64encode(payload).decode(),
        start=start,
    )


def _policy(style: str, *scripts: str) -> str:
    """Nothing is loaded; what runs is what stands here: these scripts, data: modules, this style.

    Only the style attributes are free: the views place what they draw with them.
    """
    allowed = " ".join(f"'{_digest(script)}'" for script in scripts)
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src data: {allowed}",
            f"style-src-elem '{_digest(style)}'",
            "style-src-attr 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _import_map(entry: str) -> str:
    """Every module an entry needs, by key, as JSON that may stand in a script element."""
    encoded = {
        _key(path): f"data:text/javascript;base64,{base64.b64encode(source.encode()).decode()}"
        for path, source in modules(entry).items()
    }
    return json.dumps({"imports": encoded})


def modules(entry: str, folder: Path = BROWSER) -> dict[str, str]:
    """Path → source of the entry and all it imports, their imports rewritten to keys."""
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        source = (folder / path).read_text(encoding="utf-8")
        waiting += (_beside(path, match[2]) for match in IMPORT.finditer(source))
        found[path] = _by_keys(path, source)
    return found


def _by_keys(path: str, source: str) -> str:
    return IMPORT.sub(lambda match: f'{match[1]}"{_key(_beside(path, match[2]))}"', source)


@cache
def _style(path: str) -> str:
    """A style sheet with all it imports in place; it cannot end the element it stands in."""
    text = (BROWSER / path).read_text(encoding="utf-8")
    whole = CSS_IMPORT.sub(lambda match: _style(_beside(path, match[1])), text)
    return whole.replace("</", r"<\/")


def _beside(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _key(path: str) -> str:
    return f"rnnviz/{path}"
