"""Templates: whose come first, and what is said of those at fault."""

from __future__ import annotations

import functools
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import meta
from markupsafe import Markup

from kitabat import resources
from kitabat.catalogs.words import Words
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.rendering.context import BlockView, PairView, Shared, TextView
from kitabat.rendering.templates import (
    PAIRING,
    WRITERS,
    Compiled,
    Phrase,
    Templates,
    paired,
    paired_plainly,
    side,
    written,
    written_plainly,
)
from kitabat.workspace import Disk, Memory

ENGLISH = side("en", Words())
MACRO = "{% macro word() %}\n{{ nothing }}{% endmacro %}"


def templates(**own: str) -> Templates:
    toolkit = Memory({"templates/a.j2": "{{ _('By %(who)s', who=who) }}", "templates/b.j2": "toolkit's"})
    return Templates(Memory({f"templates/{name}.j2": text for name, text in own.items()}), toolkit)


@functools.cache
def of_toolkit() -> jinja2.Environment:
    """Return the toolkit's own templates, alone."""
    return Templates(Memory({}), Disk(resources.root())).environment


def test_values_are_escaped_and_words_filled_in() -> None:
    assert templates().render("a.j2", ENGLISH, who="<b>") == "By &lt;b&gt;"


def test_a_publications_own_template_goes_first() -> None:
    assert templates(b="own").render("b.j2", ENGLISH) == "own"
    assert templates(a="own").render("b.j2", ENGLISH) == "toolkit's"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("one\n{% if %}", "templates/a.j2:2"),
        ("one\n{{ nothing }}", "templates/a.j2:2"),
        ("one\n\n{{ 1 / 0 }}", "templates/a.j2:3"),
        ("{% include 'gone.j2' %}", "templates/a.j2:1"),
        ("{% include 'b.j2' %}", "templates/b.j2:3"),
        ("{% from 'c.j2' import word %}\n{{ word() }}", "templates/c.j2:2"),
    ],
)
def test_a_template_at_fault_is_told_with_its_line(text: str, place: str) -> None:
    with pytest.raises(PublishingError) as raised:
        templates(a=text, b="\n\n{{ nothing }}", c=MACRO).render("a.j2", ENGLISH, who="")
    assert raised.value.exit_code is ExitCode.RENDERING
    assert str(raised.value.diagnostics[0].location) == place


def test_a_template_that_is_named_and_not_there_is_told_by_who_names_it() -> None:
    expected = r"templates/a\.j2:2: error: Cannot fill in the template: there is no template `x\.j2`"
    with pytest.raises(PublishingError, match=expected):
        templates(a='\n{% extends "x.j2" %}').render("a.j2", ENGLISH)


def test_a_file_that_is_not_utf_8_is_told_with_its_line() -> None:
    own = Templates(Memory({"templates/web/style.css": b"a {}\n/* \xe9 */", "templates/b.j2": b"\xe9"}), Memory({}))
    with pytest.raises(PublishingError, match=r"templates/web/style\.css:2: error: Unexpected byte 0xE9") as raised:
        own.source("web/style.css")
    assert raised.value.exit_code is ExitCode.RENDERING
    with pytest.raises(PublishingError, match=r"templates/b\.j2:1: error: Unexpected byte 0xE9, expected UTF-8"):
        own.render("b.j2", ENGLISH)


def test_a_file_that_cannot_be_read_is_told() -> None:
    class Closed(Memory):
        def read(self, path: str) -> bytes:
            raise PermissionError(13, "Permission denied", path)

    with pytest.raises(PublishingError, match=r"templates/a\.j2: error: Cannot read: Permission denied"):
        Templates(Closed({"templates/a.j2": ""}), Memory({})).source("a.j2")


def test_phrases_take_plurals() -> None:
    say = Phrase(Words().ngettext)
    assert say("%(count)s page", "%(count)s pages", 2, count="۲") == "۲ pages"


def compiled(folder: Path, project: Memory | None = None) -> Templates:
    """Return the toolkit's templates, compiled into a folder."""
    found = Templates(project or Memory({}), Disk(resources.root()))
    cache = found.environment.bytecode_cache
    assert isinstance(cache, Compiled)
    cache.directory = str(folder)
    return found


def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of what is compiled from here on."""
    names: list[str] = []
    whole = jinja2.Environment.compile

    def compile_(self: jinja2.Environment, source: str, name: str, *others: object) -> object:
        names.append(name)
        return whole(self, source, name, *others)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", compile_)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return names


def test_the_toolkits_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = compilations(monkeypatch)
    compiled(tmp_path).environment.get_template("shared/text.html.j2")
    compiled(tmp_path).environment.get_template("shared/text.html.j2")
    assert names == ["shared/text.html.j2"]


def test_compiled_code_that_is_damaged_or_of_another_text_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compilations(monkeypatch)
    compiled(tmp_path).environment.get_template("shared/text.html.j2")
    (file,) = tmp_path.iterdir()
    for content in (b"", file.read_bytes()[:40], file.read_bytes().replace(b"toolkit", b"toolbox")[:-9], b"\x80" * 99):
        file.write_bytes(content)
        compiled(tmp_path).environment.get_template("shared/text.html.j2")
    assert names == ["shared/text.html.j2"] * 5


def test_a_publications_template_is_neither_kept_compiled_nor_taken_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compilations(monkeypatch)
    compiled(tmp_path).environment.get_template("shared/text.html.j2")
    own = Memory({"templates/shared/text.html.j2": "mine"})
    assert compiled(tmp_path, own).render("shared/text.html.j2", ENGLISH) == "mine"
    assert len(names) == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_where_nothing_can_be_kept_templates_are_compiled_in_each_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = compilations(monkeypatch)
    for _ in range(2):
        compiled(tmp_path / "none").environment.get_template("shared/text.html.j2")
    assert len(names) == 2


REFERENCES = st.sampled_from(
    [
        '{% extends "a" %}', "{%- include 'b' -%}", '{% include "c" ignore missing %}', '{% import "d" as e with context %}',
        '{% from "f" import g, h as i without context %}', "{% include name %}", '{% include ["j", "k"] %}',
        '{% extends "l" if x else "m" %}', "text", '{% if x %}{% include "n" %}{% endif %}', '{% set from = "o" %}',
    ]
)  # fmt: skip


@given(st.lists(REFERENCES, max_size=5))
def test_what_a_template_refers_to_is_what_jinja_says(parts: list[str]) -> None:
    found = Templates(Memory({"templates/z": "".join(parts)}), Memory({}))
    said = meta.find_referenced_templates(found.environment.parse("".join(parts)))
    assert found.family("z") == {"z", *(name or "*" for name in said)}


def test_a_block_that_all_pages_share_is_written_once_for_each_way_of_writing_it() -> None:
    calls: list[tuple[str, object]] = []

    def write(_: BlockView, label: str, ids: object) -> Markup:
        calls.append((label, ids))
        return Markup(label)

    for named, written_ in ((False, [("t", True)]), (True, [("t", True), ("t", False)])):
        calls.clear()
        block = BlockView("paragraph", shared=Shared(named))
        for ids in (True, False, True, False):
            assert written(block, write, "t", ids) == "t"
        assert calls == written_
    calls.clear()
    for _ in range(2):
        written(BlockView("paragraph"), write)
    assert len(calls) == 2


@given(
    st.sampled_from(["paragraph", "term", "heading"]),
    st.sampled_from([{}, {"class": "a"}, {"id": "b"}]),
    st.booleans(),
    st.sampled_from(["", "Table"]),
    st.booleans(),
)
def test_a_paragraph_is_what_the_template_makes_of_it(
    kind: str, attributes: dict[str, str], foreign: bool, label: str, ids: bool
) -> None:
    toolkit = of_toolkit()
    assert toolkit.filters["written"] is written_plainly
    blocks = toolkit.get_template("shared/blocks.html.j2").module
    own = {"level": "3", **attributes}
    block = BlockView(
        kind,
        TextView(Markup("a <b>&amp;</b>"), "en", "ltr", foreign),
        attributes=own if kind == "heading" else attributes,
    )
    write = blocks.writers[kind]  # type: ignore[attr-defined]
    assert written_plainly(block, write, label, ids) == write(block, label, ids)


def views(kind: str) -> st.SearchStrategy[BlockView]:
    """Return one side of a pair."""
    texts = st.builds(
        lambda words, foreign, state: TextView(
            Markup(words), "en", "ltr", foreign, state, (Inline(InlineKind.TEXT, words),)
        ),
        st.sampled_from(["a", "a b " * 37 + "abc", "a b " * 37 + "abcd"]),
        st.booleans(),
        st.sampled_from(["source", "translated"]),
    )
    attributes = st.sampled_from([{}, {"class": "a"}, {"id": "b"}])
    return st.builds(BlockView, st.just(kind), texts, attributes=attributes)


@given(
    st.lists(
        st.sampled_from(["paragraph", "term"]).flatmap(
            lambda kind: st.builds(PairView, st.just(kind), views(kind), views(kind))
        ),
        max_size=3,
    )
)
def test_a_pair_of_paragraphs_is_what_the_template_makes_of_it(pairs: list[PairView]) -> None:
    toolkit = of_toolkit()
    assert toolkit.filters["paired"] is paired_plainly
    write = toolkit.get_template("shared/pairs.html.j2").module.pair  # type: ignore[attr-defined]
    around = ((side("ur", Words()), ENGLISH), ("", ""))
    assert paired_plainly(pairs, write, *around) == paired(pairs, write, *around)


@pytest.mark.parametrize("name", PAIRING)
def test_a_publications_own_way_of_writing_pairs_is_asked_for_every_pair(name: str) -> None:
    source = (resources.root() / "templates" / name).read_text("utf-8")
    own = Templates(Memory({f"templates/{name}": source}), Disk(resources.root())).environment
    assert own.filters["paired"] is paired


@pytest.mark.parametrize("name", WRITERS)
def test_a_publications_own_way_of_writing_blocks_is_asked_for_every_paragraph(name: str) -> None:
    source = (resources.root() / "templates" / name).read_text("utf-8")
    mark = "{{ block.text.html" if "text" in name else "<p{{ attributes"
    assert mark in source
    own = Memory({f"templates/{name}": source.replace(mark, mark.replace("{{", "own {{"))})
    found = Templates(own, Disk(resources.root())).environment
    blocks = found.get_template("shared/blocks.html.j2").module
    view = BlockView("paragraph", TextView(Markup("a"), "en", "ltr"))
    assert "own" in blocks.block(view)  # type: ignore[attr-defined]


def test_a_copy_of_a_shared_block_is_written_anew() -> None:
    def write(block: BlockView, *_: object) -> Markup:
        return Markup(block.attributes.get("row", "none"))

    block = BlockView("row", shared=Shared(named=False))
    assert written(block, write) == "none"
    assert written(block.changed({"row": "r1"}), write) == "r1"


def test_what_a_phrase_has_found_is_not_filled_in_for_good() -> None:
    asked: list[str] = []

    def look_up(message: str) -> str:
        asked.append(message)
        return message

    say = Phrase(look_up)
    assert [say("By %(who)s & all", who=who) for who in ("a", "<")] == ["By a &amp; all", "By &lt; &amp; all"]
    assert asked == ["By %(who)s & all"]
