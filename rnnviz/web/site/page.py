"""A page of the site as one HTML file: the head that all share, its components' styles, its
archive, and one script, the only one that may run."""

import base64
import html
from collections.abc import Iterable
from dataclasses import dataclass
from string import Template

from rnnviz.texts import N_, _
from rnnviz.web.export import policy_of, script_of, style_of
from rnnviz.web.page_texts import PAGE_TEXTS
from rnnviz.web.site.archive import Archive
from rnnviz.web.site.course import course_header
from rnnviz.web.site.files import FILES
from rnnviz.web.standalone import document

NEEDS = N_("This page computes every number it shows: it needs JavaScript.")
BODY = Template("""<header class="site-head">
<nav aria-label="$pages">$links</nav>
<div id="tools"></div>
</header>
<main id="page">
<h1>$title</h1>
<p class="lead">$lead</p>
<noscript>$needs</noscript>
</main>
$styles
<script type="text/plain" id="archive">$archive</script>
<script type="module">$script</script>""")


@dataclass(frozen=True, eq=False)
class Page:
    """name: what the menu calls it. script: its module in browser/site. components: those of the
    app that it shows, each in a style of its own. archive: what it can show. file: if it is not the
    one that the menu leads to. digest: of what it is made of, where it is kept for that."""

    name: str
    script: str
    components: tuple[str, ...]
    archive: Archive
    file: str = ""
    digest: str = ""

    def to_html(self) -> str:
        """The file's text."""
        text = PAGE_TEXTS[self.name]
        self.archive.add("course", course_header())
        script, style = script_of(f"site/{self.script}.js"), style_of("site/site.css")
        sheets = dict.fromkeys((*self.components, "course"))
        styles = {name: style_of(f"{name}/{name}.css") for name in sheets}
        body = BODY.substitute(
            pages=html.escape(_("pages")),
            links=_links(self.name),
            title=html.escape(_(text.title)),
            lead=html.escape(_(text.lead)),
            needs=html.escape(_(NEEDS)),
            styles="\n".join(_template(name, sheet) for name, sheet in styles.items()),
            archive=base64.b64encode(self.archive.to_bytes()).decode(),
            script=script,
        )
        return document(
            title=f"{_(text.title)} · RNN Viz",
            policy=policy_of([style, *styles.values()], script),
            style=style,
            body=body,
            schemes="light dark",
            about=f' data-address="fragment" data-digest="{self.digest}"',
        )


def _links(here: str, names: Iterable[str] = FILES) -> str:
    """The menu. The page one is on leads to itself as it is at first."""
    return "".join(
        f'<a href="{FILES[name]}"{" aria-current=page" if name == here else ""}>'
        f"{html.escape(_(name))}</a>"
        for name in names
    )


def _template(name: str, sheet: str) -> str:
    """A component's style, to be put beside it, as the app does: in a tree of its own."""
    return f'<template id="style-{name}"><style>{sheet}</style></template>'
