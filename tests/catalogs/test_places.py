"""Places in translations, and nowhere for what is not there."""

from __future__ import annotations

from tests.work import assert_linear

from kitabat.catalogs.places import locator
from kitabat.model.diagnostic import Location
from kitabat.model.message import MessageKey
from kitabat.workspace import Memory

FILE = 'msgctxt "s"\nmsgid "a"\nmsgstr "\\"b\\""\n\nmsgid "c"\nmsgstr ""\n"d\\n"\n"e"\n'


def test_places() -> None:
    find = locator(Memory({"a.po": FILE}), "a.po")
    assert find(MessageKey("s", "a"), 1) == Location("a.po", 3, 11)
    assert find(MessageKey("", "c"), 2) == Location("a.po", 8, 2)
    assert find(MessageKey("s", "c"), 0) is None


def test_no_places_without_a_sound_file() -> None:
    assert locator(Memory({}), "a.po")(MessageKey("s", "a"), 0) is None
    assert locator(Memory({"a.po": 'msgid "'}), "a.po")(MessageKey("s", "a"), 0) is None


def test_a_long_translation_is_measured_once() -> None:
    key = MessageKey("s", "a")

    def asked(length: int) -> None:
        lines = '"words "\n' * length
        find = locator(Memory({"a.po": f'msgctxt "s"\nmsgid "a"\nmsgstr ""\n{lines}'}), "a.po")
        assert [find(key, 6 * line) for line in range(length)][-1] == Location("a.po", length + 3, 2)

    assert_linear(lambda: asked(20), lambda: asked(160))
