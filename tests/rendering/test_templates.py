"""Templates: whose come first, and what is said of those at fault."""

from __future__ import annotations

import pytest

from kitabat.catalogs.words import Words
from kitabat.model.errors import ExitCode, PublishingError
from kitabat.rendering.templates import Phrase, Templates, side
from kitabat.workspace import Memory

ENGLISH = side("en", Words())


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
    ],
)
def test_a_template_at_fault_is_told_with_its_line(text: str, place: str) -> None:
    with pytest.raises(PublishingError) as raised:
        templates(a=text).render("a.j2", ENGLISH, who="")
    assert raised.value.exit_code is ExitCode.RENDERING
    assert str(raised.value.diagnostics[0].location) == place


def test_phrases_take_plurals() -> None:
    say = Phrase(Words().ngettext)
    assert say("%(count)s page", "%(count)s pages", 2, count="۲") == "۲ pages"
