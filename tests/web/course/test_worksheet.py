"""A lesson on paper: what is asked stands on the worksheet, what came out apart from it."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from rnnviz.course import UNITS
from rnnviz.course.beliefs.record import truth
from rnnviz.course.plans import PLANS
from rnnviz.web.corner.code_of_link import code_of
from rnnviz.web.course.course_payload import PATHS
from rnnviz.web.course.worksheet import STYLE, link_of, worksheet
from rnnviz.web.course.worksheet_file import write

HERE = "http://10.0.0.7:8501"
EACH = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


class Sections(HTMLParser):
    """The text of each section, by its id, and what its links' codes are drawn by."""

    def __init__(self, text):
        super().__init__()
        self.texts, self.codes, self.now = {}, [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "section":
            self.now = dict(attrs)["id"]
        if tag == "path":
            self.codes.append(dict(attrs)["d"])

    def handle_data(self, data):
        self.texts[self.now] = self.texts.get(self.now, "") + " " + data

    def __getitem__(self, name):
        return re.sub(r"\s+", " ", self.texts[name])


@EACH
def test_the_worksheet_asks_and_the_answers_stand_apart(plan):
    page = Sections(worksheet(plan))
    assert [name for name in page.texts if name] == ["plan", "worksheet", "answers"]
    for unit in plan.units:
        guess, belief = unit.guess, unit.belief
        for text in (unit.title, guess.question, *guess.options, *(act.text for act in unit.acts)):
            assert text in page["worksheet"]
        came_out = [guess.outcome, *(act.found for act in unit.acts)]
        believed = [belief.kindly, belief.source, truth(belief)] if belief else []
        for text in (*came_out, *believed):
            assert text not in page["worksheet"]
            assert text in page["answers"]
        assert guess.options[guess.answer] in page["answers"]
        assert guess.question in page["plan"]


def test_the_parts_are_printed_on_pages_of_their_own():
    print_ = STYLE.partition("@media print")[2]
    assert re.search(r"section \+ section \{[^}]*break-before: page", print_)


@EACH
def test_with_an_address_each_unit_has_its_link_and_a_code_of_it(plan):
    page = Sections(worksheet(plan, HERE))
    links = [link_of(unit, HERE) for unit in plan.units]
    assert page.codes == [code_of(link).path for link in links]
    assert all(link in page["worksheet"] for link in links)
    assert not Sections(worksheet(plan)).codes


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_link_leads_to_the_page_of_the_unit_as_the_course_does(unit):
    found, own = urlsplit(link_of(unit, f"{HERE}/")), urlsplit(unit.link)
    assert f"{found.scheme}://{found.netloc}" == HERE
    assert found.path == f"/{PATHS[unit.page]}"
    assert parse_qs(found.query) == {**parse_qs(own.query), "course": [unit.key]}
    assert found.fragment == own.fragment


def test_the_command_writes_a_file(tmp_path, capsys):
    file = tmp_path / "class.html"
    write([str(file), "--minutes", "10", "--address", HERE])
    assert file.read_text(encoding="utf-8") == worksheet(PLANS[10], HERE)
    assert capsys.readouterr().out.strip() == str(file)


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ("{folder}/none/class.html", 1, "rnnviz worksheet: "),
        ("{folder}/class.html --minutes 7", 2, "invalid choice: 7"),
        ("", 2, "FILE"),
    ],
)
def test_what_cannot_be_is_refused_in_words(tmp_path, capsys, line, status, says):
    with pytest.raises(SystemExit) as ended:
        write(line.format(folder=tmp_path).split())
    code = ended.value.code
    assert says in f"{code} {capsys.readouterr().err}"
    assert (1 if isinstance(code, str) else code) == status
