"""Values as they are typed: lists and spans, each refusal with the setting's name and its range."""

import pytest

from rnnviz.training.trials.space import Between
from rnnviz.training.trials.typed import MOST_VALUES, values_of

TAKEN = [
    ("hidden", "4, 8, 16", [4, 8, 16]),
    ("hidden", " 4;8 16\n32 ", [4, 8, 16, 32]),
    ("hidden", "4，8、16", [4, 8, 16]),
    ("hidden", "8, 4, 8", [8, 4]),
    ("hidden", "8.0", [8]),
    ("learning_rate", "1e-3, .01", [0.001, 0.01]),
    ("dropout", "0, 0.5", [0.0, 0.5]),
    ("learning_rate", "0.001 … 0.1", Between(0.001, 0.1)),
    ("learning_rate", "1e-3 to 1e-1", Between(0.001, 0.1)),
    ("hidden", "4..64", Between(4, 64)),
    ("hidden", "4–64", Between(4, 64)),
]


@pytest.mark.parametrize(("name", "typed", "values"), TAKEN)
def test_what_is_typed_is_a_list_or_a_span(name, typed, values):
    found = values_of(name, typed)
    assert found == values
    if isinstance(found, list):
        assert [*map(type, found)] == [*map(type, values)]


REFUSED = [
    ("hidden", "", "hidden size: type the values"),
    ("hidden", " , ;", "hidden size: type the values"),
    ("hidden", "4, many", "“many” is not possible, only a whole number from 1 to 256"),
    ("hidden", "4, 8.5", "“8.5” is not possible"),
    ("hidden", "4, 0", "“0” is not possible"),
    ("hidden", "4, 257", "“257” is not possible"),
    ("hidden", "1_0", "“1_0” is not possible"),
    ("hidden", "nan", "“nan” is not possible"),
    ("hidden", "inf", "“inf” is not possible"),
    ("hidden", "9" * 400, "“" + "9" * 40 + "” is not possible"),
    ("learning_rate", "0,01", "“0” is not possible, only a number from 1e-06 to 10"),
    ("dropout", "=1+1", "“=1\\+1” is not possible"),
    ("hidden", "4 … many", "“many” is not possible"),
    ("hidden", "… 8", "“” is not possible"),
    ("hidden", ", ".join(map(str, range(1, 15))), f"14 values are more than the {MOST_VALUES}"),
]


@pytest.mark.parametrize(("name", "typed", "said"), REFUSED)
def test_what_is_not_possible_is_refused_with_the_setting_and_its_range(name, typed, said):
    with pytest.raises(ValueError, match=said):
        values_of(name, typed)
