"""A table's texts and their labels: which rows have both, what is told apart, how rows split."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnnviz.data.coding import Coding
from rnnviz.data.progress import Counted, Passes
from rnnviz.data.table import Table
from rnnviz.data.tokens import Integers, has_tokens
from rnnviz.summary import summary
from rnnviz.texts import Sentence

FEWEST, MOST = 2, 10  # labels


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of a table that have a word and a label.

    places: which rows they are, from 0. left_out: the others.
    """

    texts: Sequence[str]
    labels: Sequence[str]
    places: Sequence[int]
    left_out: tuple[int, ...] = ()

    def chosen(self, which: Sequence[int]) -> "Rows":
        """Some of them, in this order."""
        texts, labels = ([part[k] for k in which] for part in (self.texts, self.labels))
        return Rows(texts, labels, [self.places[k] for k in which])

    def counted(self, passes: Passes) -> "Rows":
        """The same rows, each pass through whose texts is counted."""
        return replace(self, texts=Counted(self.texts, passes))


@dataclass(frozen=True, eq=False)
class Labelled:
    """Texts as they stand and by number, and which label each has.

    texts: (texts,) of str. codes: (length, texts). lengths: (texts,), the steps of each that are
    read. classes: (texts,), the places of their labels. rows: (texts,), of their table, from 0.
    """

    texts: np.ndarray
    codes: Integers
    lengths: Integers
    classes: Integers
    rows: Integers

    __repr__ = summary

    def __len__(self) -> int:
        return len(self.classes)

    def first(self, most: int) -> "Labelled":
        """So many of them at most."""
        return self.chosen(slice(most))

    def chosen(self, which: slice | np.ndarray) -> "Labelled":
        """Some of them: a slice, or (texts,) of bool."""
        return Labelled(
            self.texts[which],
            self.codes[:, which],
            self.lengths[which],
            self.classes[which],
            self.rows[which],
        )


def rows_of(table: Table, text: str, label: str) -> Rows:
    """The rows that have a word in one column and a label in another.

    Raises:
        ValueError: there are no such columns, or no such row.
    """
    for name in (text, label):
        if name not in table.columns:
            raise ValueError(
                Sentence(
                    "There is no column “{name}”: there are {names}",
                    name=name,
                    names=", ".join(table.columns),
                )
            )
    if table.columns[text].dtype.kind in "fM":
        raise ValueError(Sentence("“{name}” is no column of texts", name=text))
    texts = [str(one) for one in table.columns[text].tolist()]
    labels = [_label(one) for one in table.columns[label].tolist()]
    there = [bool(own) and has_tokens(one) for one, own in zip(texts, labels, strict=True)]
    places = [row for row, is_there in enumerate(there) if is_there]
    if not places:
        raise ValueError(
            Sentence(
                "No row has both a word in “{text}” and a label in “{label}”",
                text=text,
                label=label,
            )
        )
    others = tuple(row for row, is_there in enumerate(there) if not is_there)
    kept = Rows(texts, labels, range(len(texts))).chosen(places)
    return Rows(kept.texts, kept.labels, places, others)


def labels_of(given: Sequence[str], column: str) -> tuple[str, ...]:
    """What is told apart, in order; numbers by size.

    Raises:
        ValueError: one label, or too many.
    """
    counts = Counter(given)
    if len(counts) < FEWEST:
        raise ValueError(
            Sentence(
                "Every row has the label “{label}”: there is nothing to tell apart",
                label=next(iter(counts)),
            )
        )
    if len(counts) > MOST:
        raise ValueError(
            Sentence(
                "“{column}” has {count} different labels: from {fewest} to {most} can be learnt",
                column=column,
                count=f"{len(counts):,}",
                fewest=FEWEST,
                most=MOST,
            )
        )
    try:
        return tuple(sorted(counts, key=float))
    except ValueError:
        return tuple(sorted(counts))


def split(rows: Rows, labels: Sequence[str], share: float, seed: int) -> tuple[Rows, Rows]:
    """What is learnt from and what is judged on: of each label's rows this share is judged on, one
    at least; both in mixed order.

    Raises:
        ValueError: a label has one row, or the share leaves one part empty.
    """
    if not 0 < share < 1:
        raise ValueError(Sentence("The share that is held out is between 0 and 1"))
    rng, given = np.random.default_rng(seed), np.array(rows.labels, object)
    learnt, judged = [], []
    for label in labels:
        places = rng.permutation(np.flatnonzero(given == label))
        if len(places) < 2:
            raise ValueError(
                Sentence(
                    "“{label}” is the label of one row: two are needed, one to learn from and one "
                    "to be judged on",
                    label=label,
                )
            )
        many = min(max(round(share * len(places)), 1), len(places) - 1)
        judged.append(places[:many])
        learnt.append(places[many:])
    parts = (rng.permutation(np.concatenate(part)).tolist() for part in (learnt, judged))
    first, second = (rows.chosen(part) for part in parts)
    return first, second


def labelled(rows: Rows, coding: Coding, labels: Sequence[str]) -> Labelled:
    """The rows by number.

    Raises:
        ValueError: a label is not among these.
    """
    places = {label: place for place, label in enumerate(labels)}
    for label in dict.fromkeys(rows.labels):
        if label not in places:
            raise ValueError(
                Sentence(
                    "“{label}” is no label that is learnt: there are {labels}",
                    label=label,
                    labels=", ".join(labels),
                )
            )
    classes = np.array([places[label] for label in rows.labels], int)
    texts = np.array(rows.texts, object)
    return Labelled(texts, *coding.encoded(rows.texts), classes, np.array(rows.places, int))


def _label(cell: object) -> str:
    """A cell as a label: a number is 1, not 1.0; "" where nothing stands."""
    if isinstance(cell, float):
        return "" if np.isnan(cell) else f"{cell:g}"
    return "" if cell is None else str(cell).strip()
