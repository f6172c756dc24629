"""Places of keys: the same keys that tomllib finds, where they stand."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.config.places import KeyPath, line_and_column, places

DOCUMENTS = [
    'a = 1\n"b c" = {d = "}", e = [1, {f = 2}]} # g = 3\n',
    '[a.b]\nc = \'\'\'\n[x]\ny = 1\'\'\'\nd = """a \\" b""""\n[a]\nz.y.x = 1979-05-27 07:32:00\n',
    "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n[[a.e]]\nf = [\n # x = 1\n 'x', # ]\n]\n",
    "  [ a . 'b' ]\n\tc = true\n\"\\u0041\" = {}\n",
    "a = [[1, 2], [], {}]\nb = []",
]


def paths(value: Any, path: KeyPath = ()) -> set[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {path} if path else set()
    for key, inner in items:
        found |= paths(inner, (*path, str(key)))
    return found


@pytest.mark.parametrize("text", DOCUMENTS)
def test_every_key_has_a_place(text: str) -> None:
    found = places(text)
    assert found.keys() == paths(tomllib.loads(text))
    for path, place in found.items():
        if not path[-1].isdecimal() and path[-1].isascii() and "\\" not in text[place.key :].split("\n", maxsplit=1)[0]:
            assert path[0] in text[place.key :] or path[-1] in text[place.key :]


KEYS = st.sampled_from(["a", "b", "'c.d'", '"e"', "f-g"])
VALUES = st.sampled_from(["1", "'x = 1'", '"[y]"', "[1, 2]", "{a = 1, b = [2]}", "'''\n[z]\n'''", "true # n = 1"])
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.tuples(KEYS, KEYS, VALUES).map(lambda three: f"{three[0]}.{three[1]} = {three[2]}"),
    KEYS.map(lambda key: f"[{key}]"),
    st.tuples(KEYS, KEYS).map(lambda pair: f"[[{pair[0]}.{pair[1]}]]"),
    st.just("# comment = 1"),
)


@given(st.lists(LINES, max_size=8))
def test_places_agree_with_tomllib(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        places(text)
        return
    assert places(text).keys() == paths(document)


@given(st.text(alphabet="a.\"'[]{}=,#\n\\ ", max_size=40))
def test_any_text_ends(text: str) -> None:
    assert all(0 <= place.key <= len(text) for place in places(text).values())


def test_lines_and_columns() -> None:
    assert [line_and_column("ab\nc", offset) for offset in range(5)] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
