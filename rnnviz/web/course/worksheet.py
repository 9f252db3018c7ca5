"""A lesson on paper: its plan, a worksheet, and the answers on pages of their own, in one HTML file
to be printed."""

from collections.abc import Iterator
from string import ascii_uppercase
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

from rnnviz.course.beliefs.record import truth
from rnnviz.course.plans import Plan
from rnnviz.course.unit import Unit
from rnnviz.texts import _, ngettext
from rnnviz.web.corner.code_of_link import code_of
from rnnviz.web.course.course_payload import PATHS
from rnnviz.web.notebook.markup import element, written
from rnnviz.web.standalone import document

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
STYLE = """
body { font: 11pt/1.45 Inter, system-ui, sans-serif; color: #1f2933; background: white;
  margin: 2rem auto; max-width: 46rem; padding: 0 1rem }
h1 { font-size: 1.4rem; margin: 0 0 0.3rem }
h2 { font-size: 1.05rem; margin: 1.4rem 0 0.2rem }
p { margin: 0.25rem 0 }
ul.options { list-style: none; padding: 0; margin: 0.3rem 0 }
ol { margin: 0.3rem 0; padding-left: 1.4rem }
table { border-collapse: collapse; width: 100%; margin-top: 0.8rem }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0;
  border-top: 1px solid #cbd2d9 }
.unit { break-inside: avoid; overflow: hidden }
.code { float: right; width: 5rem; height: 5rem; margin: 0 0 0.5rem 1rem }
.line { border-bottom: 1px solid #9aa5b1; height: 1.6rem }
.soft { color: #52606d; font-size: 0.9em; overflow-wrap: anywhere }
section + section { border-top: 3px solid #1f2933; margin-top: 3rem; padding-top: 1rem }
@page { margin: 16mm }
@media print {
  body { margin: 0; max-width: none; padding: 0 }
  section + section { break-before: page; border: 0; margin: 0; padding: 0 }
}
"""


def worksheet(plan: Plan, address: str = "") -> str:
    """The file's text, in the language in force.

    address: of the app, "http://10.0.0.7:8501/": then each unit has its link and a code of it.
    """
    title = ngettext(
        "Recurrent networks in {count} minute",
        "Recurrent networks in {count} minutes",
        plan.minutes,
    )
    parts = (_plan(plan, title), _worksheet(plan, address), _answers(plan))
    body = "\n".join(map(written, parts))
    return document(title=title, policy=POLICY, style=STYLE, body=body)


def address_of(url: str) -> str:
    """Where the app is, from the address of its Course page."""
    return url.partition("?")[0].rpartition("/")[0]


def link_of(unit: Unit, address: str) -> str:
    """Where a unit is done."""
    found = urlsplit(unit.link)
    query = "&".join(filter(None, [found.query, urlencode({"course": unit.key})]))
    view = f"#{found.fragment}" if found.fragment else ""
    return f"{address.rstrip('/')}/{PATHS[unit.page]}?{query}{view}"


def _plan(plan: Plan, title: str) -> Element:
    head = element("tr", {}, *(element("th", {}, text) for text in (_("Minute"), _("Unit"), "")))
    rows = [
        element(
            "tr",
            {},
            element("td", {}, str(minute)),
            element("td", {}, element("b", {}, _(unit.title))),
            element(
                "td",
                {},
                element("p", {}, _("Ask: {question}", question=_(unit.guess.question))),
                *(element("p", {}, _("Do: {act}", act=_(act.text))) for act in unit.acts),
                element("p", {}, _("Say: {outcome}", outcome=_(unit.guess.outcome))),
            ),
        )
        for minute, unit in plan.begins
    ]
    lead = _(
        "Let everybody guess before you touch anything; then do it, and ask what they see. Of the "
        "{minutes} minutes about {talk} are left for that.",
        minutes=plan.minutes,
        talk=round(plan.talk / 60),
    )
    return _section("plan", title, lead, element("table", {}, head, *rows))


def _worksheet(plan: Plan, address: str) -> Element:
    lead = _("Guess first and tick one. Then do what is asked, and write down what you see.")
    units = (_asked(n, unit, address) for n, unit in enumerate(plan.units, 1))
    return _section("worksheet", _("Worksheet"), lead, *units)


def _asked(number: int, unit: Unit, address: str) -> Element:
    options = (
        element("li", {}, f"☐ {letter}  {_(option)}")
        for letter, option in zip(ascii_uppercase, unit.guess.options, strict=False)
    )
    acts = (element("li", {}, _(act.text), _line()) for act in unit.acts)
    link = link_of(unit, address) if address else ""
    return element(
        "div",
        {"class": "unit", "data-unit": unit.key},
        *_code(link),
        element("h2", {}, f"{number}  {_(unit.title)}"),
        element("p", {"class": "soft"}, link),
        element("p", {}, _(unit.guess.question)),
        element("ul", {"class": "options"}, *options),
        element("p", {"class": "soft"}, _("Why do you think so?")),
        _line(),
        element("ol", {}, *acts),
    )


def _code(link: str) -> Iterator[Element]:
    """A code of a link, if there is one."""
    code = code_of(link)
    if code:
        about = {"class": "code", "viewBox": f"0 0 {code.size} {code.size}", "role": "img"}
        path = element("path", {"d": code.path, "stroke": "#000"})
        yield element("svg", {**about, "aria-label": _("code of the link")}, path)


def _answers(plan: Plan) -> Element:
    units = (_answered(n, unit) for n, unit in enumerate(plan.units, 1))
    return _section("answers", _("Answers"), _("For the teacher."), *units)


def _answered(number: int, unit: Unit) -> Element:
    guess, belief = unit.guess, unit.belief
    right = f"{ascii_uppercase[guess.answer]}  {_(guess.options[guess.answer])}"
    believed = []
    if belief:
        quoted = _(
            "Many believe: “{sentence}” ({source}).",
            sentence=_(belief.sentence),
            source=_(belief.source),
        )
        measured = _("Measured: {truth}", truth=truth(belief))
        texts = (quoted, _(belief.kindly), measured)
        believed = [element("p", {"class": "soft"}, " ".join(texts))]
    return element(
        "div",
        {"class": "unit", "data-unit": unit.key},
        element("h2", {}, f"{number}  {_(unit.title)}"),
        element("p", {}, element("b", {}, right)),
        element("p", {}, _(guess.outcome)),
        element("ol", {}, *(element("li", {}, _(act.found)) for act in unit.acts)),
        *believed,
    )


def _section(name: str, title: str, lead: str, *children: Element) -> Element:
    heading = element("h1", {}, title)
    return element("section", {"id": name}, heading, element("p", {}, lead), *children)


def _line() -> Element:
    return element("div", {"class": "line"})
