"""The glossary as pages get it: sent when asked for, found by links that both sides write alike."""

import json

import pytest

from rnnviz.cells import GALLERY, named, own
from rnnviz.glossary import ENTRIES, key_of
from rnnviz.web.corner.corner_payload import corner_payload
from rnnviz.web.glossary import entries, part_term, term, term_in
from tests.javascript import run

LINKS = 'import { keyOf, termIn } from "./corner/glossary_links.js";\n'


def sent(reported):
    payload = corner_payload(reported)
    length = int.from_bytes(payload[:4], "little")
    return json.loads(payload[4 : 4 + length])["tools"]["glossary"]["entries"]


def test_entries_are_sent_when_they_are_asked_for_and_no_more():
    assert sent({}) is sent({"glossary": False}) is sent({"glossary": "all"}) is None
    assert [one["key"] for one in sent({"glossary": True})] == [one["key"] for one in entries()]
    assert {one["key"] for one in entries()} == set(ENTRIES)


def test_they_come_in_the_order_of_their_names():
    names = [one["name"].casefold() for one in entries()]
    assert names == sorted(names)


def test_both_sides_call_every_name_the_same_in_a_link():
    names = [name for one in ENTRIES.values() for name in (one.name, *one.aliases)]
    assert run(f"{LINKS}output(input.map(keyOf));", names) == list(map(key_of, names))


@pytest.mark.parametrize(
    ("search", "hash", "found"),
    [
        ("", "", ""),
        ("?cell=GRU", "#view=unit:3,end", ""),
        ("?cell=GRU&term=forget-gate", "#view=unit:3,end", "forget-gate"),
        ("?term=Forget%20gate", "", "forget-gate"),
        ("", "#term=forget-gate", "forget-gate"),
        ("?term=", "", ""),
    ],
)
def test_an_address_asks_for_an_entry(search, hash, found):
    address = {"search": search, "hash": hash}
    assert run(f"{LINKS}output(termIn(input));", address) == found


def test_a_term_in_a_text_is_a_link_to_its_entry():
    assert term("forget gate") == "[forget gate](#term=forget-gate)"
    assert term("remember gate") == "[remember gate](#term=forget-gate)"
    with pytest.raises(KeyError):
        term("flux capacitor")


def test_a_setting_s_name_leads_to_its_entry_where_it_has_one():
    assert term_in("Learning rate") == f"In the glossary: {term('learning rate')}"
    assert term_in("Column to forecast") == ""


def test_a_part_of_a_cell_is_called_by_its_title():
    assert part_term(named("LSTM"), "f").endswith("](#term=forget-gate)")
    mine = own(GALLERY["RNN (tanh)"])
    assert part_term(mine, "h").endswith("](#term=hidden-state)")
