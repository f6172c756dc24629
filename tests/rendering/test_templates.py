"""Templates: whose come first, and what is said of those at fault."""

from __future__ import annotations

import pytest

from kitabat.catalogs.words import Words
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.rendering.templates import Phrase, Templates, side
from kitabat.workspace import Memory

ENGLISH = side("en", Words())
MACRO = "{% macro word() %}\n{{ nothing }}{% endmacro %}"


def templates(**own: str) -> Templates:
    toolkit = Memory({"templates/a.j2": "{{ _('By %(who)s', who=who) }}", "templates/b.j2": "toolkit's"})
    return Templates(Memory({f"templates/{name}.j2": text for name, text in own.items()}), toolkit)


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
