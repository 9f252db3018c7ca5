"""The toy tasks: what each asks, where it comes from, what guessing scores, when it is solved."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import partial
from types import MappingProxyType

from rnnviz.tasks import reber, sequences
from rnnviz.tasks.baselines import always, constant, grammar_only, guessing, memoryless_copy
from rnnviz.tasks.next_character import RHYMES, next_character
from rnnviz.tasks.task import Baseline, Length, Task
from rnnviz.texts import N_


def find(task: str | Task, text: str | None = None) -> Task:
    """The task of that name, or the task itself; `text` is for next character to read.

    ValueError with the nearest name where there is none.
    """
    if isinstance(task, Task):
        if text is not None:
            raise ValueError(_refused(task.name))
        return task
    name = task
    if name not in TASKS:
        near = get_close_matches(name, TASKS, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"the tasks are {', '.join(TASKS)}"
        raise ValueError(f"there is no task {name!r}: {hint}")
    if text is None:
        return TASKS[name]
    if name != "next character":
        raise ValueError(_refused(name))
    return next_character(text)


def _refused(name: str) -> str:
    return f"{name} draws its own sequences: only next character reads a text"


_ALL = (
    Task(
        name="marked recall",
        title=N_("Recall the marked symbol"),
        source=N_("in the manner of Hochreiter & Schmidhuber 1997, with one mark at any step"),
        story=N_(
            "One of the symbols it reads is marked; at the end it must say which. The "
            "others come in on the same inputs."
        ),
        findings=N_(
            "The memory needs a gate: with 32 units and Adam a tanh RNN manages 5 and 10 "
            "steps and fails from 15, where gated cells go on."
        ),
        kind="classification",
        loss_at="last",
        input_names=("A", "B", "C", "D", N_("marker")),
        output_names=("A", "B", "C", "D"),
        length=Length(1, 1000, 30),
        baseline=guessing(4),
        solved=0.95,
        draw=sequences.marked_recall,
    ),
    Task(
        name="adding problem",
        title=N_("Add the two marked numbers"),
        source=N_(
            "Hochreiter & Schmidhuber 1997, with values from 0 to 1 as in Le, Jaitly & Hinton 2015"
        ),
        story=N_(
            "Two of the numbers it reads are marked, one in each half; it must give their sum."
        ),
        findings=N_(
            "Over 50 steps a tanh RNN did no better than always answering 1 in any of "
            "seven settings; gated cells learn it, and so does ReLU from the identity."
        ),
        kind="regression",
        loss_at="last",
        input_names=(N_("value"), N_("marker")),
        output_names=("sum",),
        length=Length(2, 1000, 50),
        baseline=constant(N_("always answering 1"), 1 / 6),
        solved=0.01,
        draw=sequences.adding,
    ),
    Task(
        name="temporal order",
        title=N_("Which came first?"),
        source=N_("Hochreiter & Schmidhuber 1997; Pascanu, Mikolov & Bengio 2013"),
        story=N_(
            "Two special symbols, X or Y, stand far apart among distractors; it must say "
            "which pair, in order."
        ),
        findings=N_("The task on which clipping an exploding gradient makes the difference."),
        kind="classification",
        loss_at="last",
        input_names=("a", "b", "c", "d", "X", "Y"),
        output_names=("XX", "XY", "YX", "YY"),
        length=Length(10, 1000, 30),
        baseline=guessing(4),
        solved=0.95,
        draw=sequences.temporal_order,
    ),
    Task(
        name="recall",
        title=N_("Recall the first symbol"),
        source=N_("in the manner of Bengio, Simard & Frasconi 1994"),
        story=N_("It must name the first symbol after many others."),
        findings=N_(
            "Against the usual tale a plain tanh RNN solves it over 20 steps and a "
            "default LSTM does not: a forget gate at 0.5 keeps 0.5 to the power of the "
            "steps."
        ),
        kind="classification",
        loss_at="last",
        input_names=("A", "B", "C", "D", "a", "b", "c", "d", N_("cue")),
        output_names=("A", "B", "C", "D"),
        length=Length(2, 1000, 50),
        baseline=guessing(4),
        solved=0.95,
        draw=sequences.recall,
    ),
    Task(
        name="bit recall",
        title=N_("Recall the first bit"),
        source=N_("in the manner of Bengio, Simard & Frasconi 1994"),
        story=N_("The first of a stream of random -1 and +1 is to be named at the end."),
        findings=N_(
            "Holding one bit from a known place is what a saturating tanh unit is good "
            "at: here it beats a default LSTM."
        ),
        kind="classification",
        loss_at="last",
        input_names=(N_("bit"),),
        output_names=("-1", "+1"),
        length=Length(1, 1000, 50),
        baseline=guessing(2),
        solved=0.95,
        draw=sequences.bit_recall,
    ),
    Task(
        name="latch",
        title=N_("Latch a bit through noise"),
        source=N_("Bengio, Simard & Frasconi 1994"),
        story=N_("The first three steps carry -1 or +1, everything carries noise; which was it?"),
        findings=N_(
            "A tanh RNN latches it and a default LSTM does not; one whose gates start "
            "open does at once."
        ),
        kind="classification",
        loss_at="last",
        input_names=(N_("signal"),),
        output_names=("-1", "+1"),
        length=Length(3, 1000, 50),
        baseline=guessing(2),
        solved=0.95,
        draw=sequences.latch,
    ),
    Task(
        name="noisy sine",
        title=N_("Predict a noisy sine"),
        source=N_("a classic of the tutorials"),
        story=N_("From the past of a noisy sine, the next clean value at every step."),
        findings=N_(
            "Every cell learns it; with a large learning rate and no clipping it is the "
            "run that really goes to infinity."
        ),
        kind="regression",
        loss_at="every",
        input_names=(N_("noisy value"),),
        output_names=("next value",),
        length=Length(1, 1000, 50),
        baseline=constant(N_("always answering 0"), 1 / 2),
        solved=0.03,
        draw=sequences.noisy_sine,
        foretells=True,
    ),
    Task(
        name="copying memory",
        title=N_("Copy ten symbols after a wait"),
        source=N_("Hochreiter & Schmidhuber 1997; Arjovsky, Shah & Bengio 2016"),
        story=N_(
            "Ten symbols, a wait, then the ten again. The metric counts the ten symbols only."
        ),
        findings=N_(
            "Hard for every cell here: none copies perfectly in the time of a demonstration."
        ),
        kind="classification",
        loss_at="every",
        input_names=(*"ABCDEFGH", N_("blank"), N_("go")),
        output_names=(*"ABCDEFGH", "blank"),
        length=Length(1, 1000, 20, N_("steps of waiting")),
        baseline=Baseline(
            N_("blanks until the end, then guessing"),
            memoryless_copy,
            partial(always, 1 / sequences.COPY_ALPHABET),
        ),
        solved=0.95,
        draw=sequences.copying,
        extra_steps=2 * sequences.COPIED,
    ),
    Task(
        name="parity",
        title=N_("Odd or even, asked at the end"),
        source=N_("in the manner of Hochreiter & Schmidhuber 1997"),
        story=N_(
            "Is the number of ones odd? It is asked only at the end; the next task asks at "
            "every step."
        ),
        findings=N_("No cell here finds it beyond a few bits: gates are no cure for everything."),
        kind="classification",
        loss_at="last",
        input_names=(N_("bit"),),
        output_names=("even", "odd"),
        length=Length(1, 1000, 8),
        baseline=guessing(2),
        solved=0.95,
        draw=sequences.parity_at_end,
    ),
    Task(
        name="parity at every step",
        title=N_("Odd or even, asked at every step"),
        source=N_("in the manner of Hochreiter & Schmidhuber 1997"),
        story=N_("Is the number of ones so far odd? It is asked after every bit."),
        findings=N_(
            "The early answers teach the step from one to the next, and every cell "
            "learns it, gated ones some ten times sooner. Where the loss stands matters "
            "as much as the cell."
        ),
        kind="classification",
        loss_at="every",
        input_names=(N_("bit"),),
        output_names=("even", "odd"),
        length=Length(1, 1000, 30),
        baseline=guessing(2),
        solved=0.95,
        draw=sequences.parity_every_step,
    ),
    Task(
        name="echo",
        title=N_("Echo each bit some steps later"),
        source=N_("after NYU Deep Learning (2020), practicum 9"),
        story=N_(
            "Which bit was read so many steps before? It is asked after every bit, so that all "
            "bits on the way have to be kept in order."
        ),
        findings=N_(
            "Of tanh networks, 600 updates find the echo of one step with 2 units and not with 1, "
            "that of three steps with 4 and not with 2."
        ),
        kind="classification",
        loss_at="every",
        input_names=(N_("bit"),),
        output_names=("0", "1"),
        length=Length(1, 100, 3, N_("steps between a bit and its echo")),
        baseline=guessing(2),
        solved=0.95,
        draw=sequences.echo,
        extra_steps=sequences.ECHOED,
    ),
    Task(
        name="embedded Reber",
        title=N_("The embedded Reber grammar"),
        source=N_("Hochreiter & Schmidhuber 1997"),
        story=N_(
            "Strings of a small grammar, wrapped so that the symbol before the last repeats "
            "the second. The metric asks for that one."
        ),
        findings=N_("The strings are short, and every cell learns them: no contrast."),
        kind="classification",
        loss_at="every",
        input_names=tuple(reber.SYMBOLS),
        output_names=tuple(reber.SYMBOLS),
        length=Length(9, 200, 40, N_("symbols of the longest string")),
        baseline=Baseline(
            N_("knowing the grammar, forgetting the second symbol"),
            grammar_only,
            partial(always, 1 / 2),
        ),
        solved=0.95,
        draw=reber.embedded,
        foretells=True,
        extra_steps=-1,
    ),
    next_character(RHYMES),
    Task(
        name="series regression",
        title=N_("The tutorials' random series"),
        source=N_(
            "Keras and PyTorch tutorials: 100 random series of 10 steps, Adam, batch 10, 100 epochs"
        ),
        story=N_("100 random series, each with one random value to fit."),
        findings=N_(
            "There is nothing to understand, it can only be memorised. In the tutorials' "
            "1,000 updates little happens; after twice to four times as many the 100 "
            "series are known by heart, and on series it has not seen the network is "
            "worse than always answering 0.5."
        ),
        kind="regression",
        loss_at="last",
        input_names=(N_("value"),),
        output_names=("value to fit",),
        length=Length(1, 1000, 10),
        baseline=constant(N_("always answering 0.5"), 1 / 12),
        solved=0.01,
        draw=sequences.series_regression,
        draw_held_out=sequences.new_series,
    ),
)

TASKS: Mapping[str, Task] = MappingProxyType({task.name: task for task in _ALL})
