"""The workers of runs that a browser trains are asked and heard as one, and kept together."""

import pytest

from tests.javascript import run

TWO_RUNS = """
import { createCrew } from "./training/crew.js";
const workers = [];
globalThis.Worker = class {
  listeners = [];
  posted = [];
  isEnded = false;
  constructor() { workers.push(this); }
  addEventListener(kind, listener) { if (kind === "message") this.listeners.push(listener); }
  postMessage(request) { this.posted.push(request); }
  terminate() { this.isEnded = true; }
};
const heard = [];
const crew = createCrew("", (answer) => heard.push(answer));
const letters = ["A", "B"];
crew.take({ kind: "runs", heldOut: null, runs: letters.map((letter) => ({ letter, id: letter })) });

const say = (place, data) =>
  workers[place].listeners.forEach((listener) => listener({ data: { epoch: 1, ...data } }));
const answer = (place, number, update, isPlaying, stopped = null) =>
  say(place, {
    kind: "answer", number, isPlaying, wanted: null,
    standings: [{ id: letters[place], letter: letters[place], update, stopped }],
    arrays: new Map(),
  });
const ask = (number, pressed = []) =>
  crew.ask({ kind: "ask", number, pressed, runs: letters.map((letter) => ({ letter })) });
const last = (kind) =>
  workers.map(({ posted }) => posted.filter((one) => one.kind === kind).at(-1));
const most = () => last("ask").map((request) => String(request.most));
const updates = () => heard.map(({ standings }) => standings.map(({ update }) => update));
const round = (number, first, second, isPlaying = true, pressed = []) => {
  ask(number, pressed);
  answer(0, number, first, isPlaying);
  answer(1, number, second, isPlaying);
};
const PAUSE = [{ name: "pause", value: null, number: 2 }];
"""


def outcome(text):
    return run(TWO_RUNS + text, {})


def test_an_answer_is_there_once_all_have_answered_the_question():
    found = outcome("""
    ask(1);
    answer(0, 1, 7, true);
    const early = heard.length;
    answer(1, 0, 3, true);
    say(1, { kind: "answer", epoch: 0, number: 1, standings: [], arrays: new Map() });
    const others = heard.length;
    answer(1, 1, 5, true);
    output({ early, others, updates: updates() });
    """)
    assert found == {"early": 0, "others": 0, "updates": [[7, 5]]}


def test_nobody_gets_further_ahead_of_the_last_than_it_goes_between_two_questions():
    found = outcome("""
    ask(1);
    const first = most();
    round(1, 100, 3);
    ask(2);
    const second = most();
    round(2, 101, 43);
    ask(3);
    output({ first, second, third: most() });
    """)
    assert found["first"] == ["Infinity"] * 2
    assert found["second"][0] == str(3 + 10)
    assert found["third"] == [str(43 + 2 * 40), str(101 + 10)]


def test_who_has_ended_holds_nobody_back():
    found = outcome("""
    ask(1);
    answer(0, 1, 4, false);
    answer(1, 1, 50, true);
    ask(2);
    output(most());
    """)
    assert found == [str(50 + 2 * 50), "Infinity"]


@pytest.mark.parametrize("polls", [1, 2])
def test_after_a_pause_all_stand_where_the_first_stood(polls):
    """However often the charts ask until they are there."""
    found = outcome(f"""
    round(1, 80, 40);
    for (let k = 0; k < {polls}; k++) round(2, 100, 60, false, PAUSE);
    const goals = last("goals").map((request) => [...request.goals]);
    const early = heard.length;
    answer(0, 2, 100, false);
    answer(1, 2, 90, true);
    answer(0, 2, 100, false);
    answer(1, 2, 100, false);
    output({{ goals, early, updates: updates() }});
    """)
    assert found == {
        "goals": [[["B", 100]]] * 2,
        "early": 1,
        "updates": [[80, 40], [100, 100]],
    }


def test_a_run_that_stopped_is_waited_for_by_nobody():
    found = outcome("""
    round(1, 80, 40);
    ask(2, PAUSE);
    answer(0, 2, 100, false);
    answer(1, 2, 41, false, { update: 42 });
    output(updates());
    """)
    assert found == [[80, 40], [100, 41]]


def test_who_plays_again_before_that_is_not_held():
    found = outcome("""
    round(1, 80, 40);
    round(2, 100, 60, false, PAUSE);
    round(3, 100, 61, true, [...PAUSE, { name: "play", value: null, number: 3 }]);
    output(updates());
    """)
    assert found == [[80, 40], [100, 61]]


def test_reports_of_one_moment_belong_together():
    found = outcome("""
    const report = (place, update) =>
      say(place, { kind: "report", runs: [update], isPlaying: false, back: null });
    report(0, 1);
    report(0, 2);
    report(1, 3);
    report(1, 4);
    output(heard.map(({ runs }) => runs));
    """)
    assert found == [[1, 3], [2, 4]]


def test_runs_that_are_gone_have_no_worker():
    found = outcome("""
    crew.take({ kind: "runs", heldOut: null, runs: [{ letter: "A", id: "other" }] });
    const one = workers.map(({ isEnded }) => isEnded);
    crew.destroy();
    output({ one, none: workers.map(({ isEnded }) => isEnded) });
    """)
    assert found == {"one": [False, True], "none": [True, True]}


ORDER = "const order = { goals: { A: 9, B: 9 }, isStepping: false, isSlow: false };"


def test_a_question_that_is_on_its_way_is_not_put_again_unless_they_were_told_something():
    found = outcome(f"""
    {ORDER}
    const asked = () => workers[0].posted.filter(({{ kind }}) => kind === "ask").length;
    const counts = [];
    const then = (act) => {{ act(); counts.push(asked()); }};
    then(() => ask(1));
    then(() => ask(1));
    then(() => {{ crew.play(order); ask(1); }});
    then(() => {{ crew.play(order); ask(1); }});
    then(() => ask(1, PAUSE));
    then(() => ask(2));
    output({{ counts, orders: workers[0].posted.filter(({{ kind }}) => kind === "goals").length }});
    """)
    assert found == {"counts": [1, 1, 2, 2, 3, 4], "orders": 1}


@pytest.mark.parametrize(
    "between",
    [
        "ask(1, PAUSE);",
        "crew.play({ ...order, goals: {} });",
        "crew.take({ kind: 'runs', heldOut: null, runs: [{ letter: 'A', id: 'A' }] });",
    ],
)
def test_an_order_that_they_follow_is_given_again_only_after_another_or_a_press(between):
    found = outcome(f"""
    {ORDER}
    const orders = () => workers[0].posted.filter(({{ goals }}) => goals?.size);
    crew.play(order);
    crew.play(order);
    const once = orders().length;
    {between}
    crew.play(order);
    output([once, orders().length]);
    """)
    assert found == [1, 2]
