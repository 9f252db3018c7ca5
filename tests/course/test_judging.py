"""Whether an act was done is judged by what was announced, and progress by what was judged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.course import ANNOUNCEMENTS, UNITS, Act, Between, Guess, Seen, Unit, wanted
from tests.javascript import run

JUDGE = 'import { createWitness, isMeant } from "./course/judging.js";\n'
KEEP = 'import { createProgress } from "./course/progress.js";\n'
PLACE = 'import { unitLink } from "./course/places.js";\n'
STORAGE = """
const kept = new Map(input.kept ? [["rnnviz course", input.kept]] : []);
const storage = () => ({
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, text) => kept.set(key, text),
});
"""


def step(t, of=9):
    return {"what": "step", "t": t, "of": of, "last": t == of}


def held(value, name="f"):
    return {"what": "held", "name": name, "value": value}


RELEASED = {"what": "released", "left": 0}


@pytest.mark.parametrize(
    ("seen", "announced", "is_meant"),
    [
        (Seen("step"), step(3), True),
        (Seen("step", {"t": 3}), step(3), True),
        (Seen("step", {"t": 3}), step(4), False),
        (Seen("step", {"t": (2, 3)}), step(3), True),
        (Seen("step", {"t": (2, 3)}), step(1), False),
        (Seen("step", {"t": Between(least=3)}), step(3), True),
        (Seen("step", {"t": Between(least=3)}), step(2), False),
        (Seen("step", {"t": Between(most=3)}), step(3), True),
        (Seen("step", {"t": Between(most=3)}), step(4), False),
        (Seen("step", {"t": Between(2, 4)}), step(5), False),
        (Seen("step", {"last": True}), step(9), True),
        (Seen("step", {"last": True}), step(8), False),
        (Seen("step", {"t": 9, "last": False}), step(9), False),
        (Seen("held", {"name": "f"}), held(0.5, "i"), False),
        (Seen("held", {"value": Between(most=0.1)}), held("0"), False),  # a text is no number
        (Seen("unit"), step(3), False),
        (Seen("step", {"t": 3}), {"what": "step"}, False),
    ],
)
def test_an_announcement_is_meant_or_not(seen, announced, is_meant):
    assert run(f"{JUDGE}output(isMeant(...input));", [wanted(seen), announced]) is is_meant


@pytest.mark.parametrize(
    ("before", "since", "seen", "is_done"),
    [
        ([], [], Seen("step"), False),
        ([], [step(3)], Seen("step", {"t": 3}), True),
        # Another place since then does not undo what was done.
        ([], [step(3), step(4)], Seen("step", {"t": 3}), True),
        # What was so before the act began counts as long as it is so …
        ([step(9), held(0)], [], Seen("step", {"last": True}), True),
        ([step(9), step(8), held(0)], [], Seen("step", {"last": True}), False),
        ([held(0), step(3)], [], Seen("held", {"value": 0}), True),
        ([held(0), RELEASED, step(3)], [], Seen("held", {"value": 0}), False),
        ([held(0), held(1, "i"), step(3)], [], Seen("held", {"name": "f", "value": 0}), True),
        # … but what the act before was done by is not this one, too.
        ([step(9)], [], Seen("step", {"last": True}), False),
        ([step(9)], [step(9)], Seen("step", {"last": True}), True),
        # Several that differ.
        ([], [step(3), step(3)], Seen("step", times=2), False),
        ([], [step(3), step(4)], Seen("step", times=2), True),
        ([], [step(3), step(4)], Seen("step", {"t": 4}, times=2), False),
    ],
)
def test_an_act_is_done_by_what_was_announced(before, since, seen, is_done):
    source = """
    const witness = createWitness();
    input.before.forEach(witness.hear);
    witness.next();
    input.since.forEach(witness.hear);
    output(witness.hasSeen(input.seen));
    """
    told = {"before": before, "since": since, "seen": wanted(seen)}
    assert run(JUDGE + source, told) is is_done


def test_another_unit_begins_with_nothing_announced():
    source = """
    const witness = createWitness();
    witness.hear(input[0]);
    witness.hear(input[1]);
    witness.clear();
    output(witness.hasSeen(input[2]));
    """
    assert run(JUDGE + source, [step(9), step(8), wanted(Seen("step"))]) is False


@pytest.mark.parametrize("unit", UNITS.values(), ids=lambda unit: unit.key)
def test_what_an_act_waits_for_is_data(unit):
    for act in unit.acts:
        told = wanted(act.seen)
        assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_an_act_that_no_page_could_announce_cannot_be_written():
    with pytest.raises(ValueError, match="no page announces 'stepped'"):
        Seen("stepped")
    with pytest.raises(ValueError, match="'step' carries no unit"):
        Seen("step", {"unit": 3})
    assert "gradients" not in ANNOUNCEMENTS["held"].pages
    about = {"key": "k", "title": "t", "link": "", "seconds": 60}
    guess = Guess("?", ("yes", "no"), 0, "yes")
    with pytest.raises(ValueError, match="gradients never announces 'held'"):
        Unit(page="gradients", guess=guess, acts=(Act("", Seen("held"), ""),), **about)
    with pytest.raises(ValueError, match="no option has the place 2"):
        Guess("?", ("yes", "no"), 2, "")


def test_progress_is_kept_and_found_again():
    source = """
    const progress = createProgress(storage);
    progress.guess("a", 2);
    progress.pass("a", "done");
    progress.pass("a", "shown");
    progress.guess("b", -1);
    progress.guess("c", 0);
    progress.again("c");
    const other = createProgress(storage);
    output(["a", "b", "c"].map(other.of));
    """
    assert run(KEEP + STORAGE + source, {}) == [
        {"guess": 2, "acts": ["done", "shown"]},
        {"guess": -1, "acts": []},
        {"guess": None, "acts": []},
    ]


def test_a_browser_that_keeps_nothing_knows_it_while_the_page_is_open():
    source = """
    const progress = createProgress(() => { throw new Error("private"); });
    progress.guess("a", 1);
    output(progress.of("a"));
    """
    assert run(KEEP + source, {}) == {"guess": 1, "acts": []}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@given(JSON)
def test_whatever_a_file_says_is_taken_or_refused_as_a_whole(units):
    """What is taken can be kept and read again; nothing else changes what is known."""
    text = json.dumps({"what": "rnnviz course", "version": 1, "units": units})
    source = """
    const progress = createProgress(storage);
    progress.guess("mine", 1);
    const isTaken = progress.take(input.text);
    const again = createProgress(() => ({ getItem: () => progress.text(), setItem() {} }));
    output([isTaken, progress.text() === again.text(), progress.of("mine").guess]);
    """
    taken, same, mine = run(KEEP + STORAGE + source, {"text": text})
    assert taken is isinstance(units, dict)
    assert same
    assert mine == (None if taken else 1)


@pytest.mark.parametrize("text", ["", "no", "{}", "[]", "null", '{"what": "rnnviz course"}'])
def test_what_is_no_progress_is_refused(text):
    source = "output(createProgress(storage).take(input.text));"
    assert run(KEEP + STORAGE + source, {"text": text}) is False


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("", "?course=k"),
        ("?cell=RNN+(tanh)", "?cell=RNN+%28tanh%29&course=k"),
        ("#view=step:3,end", "?course=k#view=step:3,end"),
        ("?cell=LSTM#view=step:3,end", "?cell=LSTM&course=k#view=step:3,end"),
        ("?lengths=5;3", "?lengths=5%3B3&course=k"),
    ],
)
def test_a_units_link_names_it(link, made):
    assert run(f"{PLACE}output(unitLink(...input));", [link, "k"]) == made
