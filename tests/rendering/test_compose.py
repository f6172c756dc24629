"""Versions of articles as views."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from tests.rendering.versions import article_of, edited

from kitabat.markup.html import Picture
from kitabat.model.article import ArticleVersion
from kitabat.model.message import TranslationState
from kitabat.rendering.compose import Edited, Place, compose, compose_pairs
from kitabat.rendering.context import ArticleView, BlockView
from kitabat.rendering.notes import FOOTNOTES

HERE = Place(resolve=lambda href: href, counterpart="../../en/a/index.html")


def composed(text: str, place: Place = HERE) -> ArticleView:
    return compose(edited(article_of(text), "en"), place)


def blocks(view: ArticleView) -> list[BlockView]:
    return [block for section in view.sections for block in section.blocks]


def test_levels_begin_at_two_and_none_is_left_out() -> None:
    view = composed("# A\n\na\n\n### B\n\nb\n\n# C\n\nc\n")
    assert [(section.id, section.level) for section in view.sections] == [("a", 2), ("b", 3), ("c", 2)]


def test_sections_lead_to_the_same_section_of_the_other_language() -> None:
    (lead, section) = composed("Lead\n\n## S {#s}\n\ntext\n").sections
    assert section.counterpart == "../../en/a/index.html#s"
    assert lead.counterpart == ""
    assert lead.heading is None


def test_a_text_without_translation_names_its_own_language() -> None:
    article = article_of("## S {#s}\n\nText one.\n\nText two.\n")
    view = compose(edited(article, "ur", {"S": "س", "Text one.": "متن ایک۔"}), HERE)
    first, second = blocks(view)
    assert first.text is not None
    assert second.text is not None
    assert (first.text.html, first.text.foreign) == ("متن ایک۔", False)
    assert (second.text.html, second.text.lang, second.text.dir, second.text.foreign) == (
        "Text two.",
        "en",
        "ltr",
        True,
    )
    assert view.sections[0].notice == "untranslated"


def test_an_older_translation_is_told_of() -> None:
    article = article_of("## S {#s}\n\nText.\n")
    whole = edited(article, "ur", {"S": "س", "Text.": "متن۔"})
    texts = {
        key: msgspec.structs.replace(text, state=TranslationState.FUZZY) if text.text == "متن۔" else text
        for key, text in whole.version.texts.items()
    }
    old = Edited(ArticleVersion(article, "ur", texts), whole.references, "urdu")
    assert compose(old, HERE).sections[0].notice == "stale"
    assert compose(whole, HERE).sections[0].notice == ""


def test_footnotes_are_numbered_as_they_are_called() -> None:
    view = composed(
        "One[^b] two[^a] again[^b].\n\n[^a]: Note a.\n\n[^b]: Note b, see[^c].\n\n[^c]: Note c.\n\n[^d]: Never.\n"
    )
    assert [(note.id, note.mark) for note in view.notes] == [("note-1", "1"), ("note-2", "2"), ("note-3", "3")]
    assert view.notes[0].backlinks == ("noteref-1", "noteref-1-2")
    (block,) = blocks(view)
    assert block.text is not None
    assert 'href="#note-1" id="noteref-1"' in block.text.html
    assert 'href="#note-1" id="noteref-1-2"' in block.text.html
    assert block.text.plain == "One two again."


def test_footnotes_at_the_foot_of_the_page_stand_at_their_mark() -> None:
    place = Place(resolve=lambda href: href, notes=FOOTNOTES)
    view = composed("One[^a], two[^a].\n\n[^a]: First *part*.\n\n    Second part.\n", place)
    (block,) = blocks(view)
    assert block.text is not None
    assert block.text.html == (
        'One<span class="footnote" data-mark="1">First <em>part</em>.<br>Second part.</span>, two'
        '<sup class="noteref">1</sup>.'
    )
    assert view.notes == ()


def test_digits_are_those_of_the_edition() -> None:
    article = article_of("---\ntitle: T\nsource: ur\ndate: 2026-11-22\n---\nمتن[^1]۔\n\n[^1]: حاشیہ۔\n")
    assert compose(edited(article, "ur"), HERE).notes[0].mark == "۱"
    assert compose(edited(article, "ur"), HERE).date == "۲۲ نومبر، ۲۰۲۶"
    assert compose(edited(article, "ur", digits="latin"), HERE).date == "22 نومبر، 2026"
    assert compose(edited(article, "en"), HERE).date == "November 22, 2026"


def test_a_figure_has_its_picture_scaled() -> None:
    place = replace(HERE, pictures={"m.svg": Picture("/assets/m.svg", 400, 200)})
    (figure,) = blocks(composed('![Map](m.svg "Caption"){width=100}\n', place))
    assert dict(figure.attributes) == {"src": "/assets/m.svg", "width": "100", "height": "50"}
    (figure,) = blocks(composed("![Map](gone.svg)\n", place))
    assert figure.attributes["src"] == ""


def test_a_block_in_another_language_is_marked_and_set_in_it() -> None:
    (quote,) = blocks(composed("{lang=ar}\n> السلام *عليكم*\n"))
    assert quote.attributes["lang"] == "ar"
    assert quote.attributes["dir"] == "rtl"
    (paragraph,) = quote.children
    assert paragraph.text is not None
    assert (paragraph.text.html, paragraph.text.foreign) == ("السلام <em>عليكم</em>", False)


def test_blocks_left_untranslated_stay_in_the_source_language() -> None:
    article = article_of("<!-- notranslate -->\nKeep me\n")
    (block,) = blocks(compose(edited(article, "ur"), HERE))
    assert block.text is not None
    assert (block.text.html, block.text.lang, block.text.foreign) == ("Keep me", "en", True)


def test_pairs_stand_beside_one_another_with_the_same_note_numbers() -> None:
    article = article_of("## S {#s}\n\nOne[^a] and [two]{#anchor}[^b].\n\n- x\n\n[^a]: A.\n\n[^b]: B.\n")
    swapped = {"S": "س", "One[^a] and [two]{#anchor}[^b].": "[دو]{#anchor}[^b] اور ایک[^a]۔", "A.": "الف۔", "B.": "ب۔"}
    view = compose_pairs(edited(article, "en"), edited(article, "ur", swapped), (HERE, HERE), "columns", "a.pdf")
    (section,) = view.sections
    assert [pair.kind for pair in section.pairs] == ["paragraph", "list"]
    english, urdu = section.pairs[0].first.text, section.pairs[0].second.text
    assert english is not None
    assert urdu is not None
    assert 'id="anchor"' in english.html
    assert 'id="anchor"' not in urdu.html
    assert 'href="#ur-note-2" id="ur-noteref-2" role="doc-noteref">۲</a>' in urdu.html
    assert [(one.id, other.id) for one, other in view.notes] == [
        ("en-note-1", "ur-note-1"),
        ("en-note-2", "ur-note-2"),
    ]
    assert section.notices == ("", "untranslated")


def test_a_note_by_page_is_ready_wherever_either_language_calls_for_it() -> None:
    place = Place(resolve=lambda href: href, notes=FOOTNOTES, notes_by_page=True)
    article = article_of("One[^a].\n\n[^a]: A.\n")
    both = (edited(article, "en"), edited(article, "ur", {"One[^a].": "ایک[^a]۔", "A.": "الف۔"}))
    (pair,) = compose_pairs(*both, (place, place), "columns", "a.pdf").sections[0].pairs
    assert pair.first.text is not None
    assert pair.second.text is not None
    english, urdu = pair.first.text.html, pair.second.text.html
    # The renderer sets it where the page has not got it yet.
    assert 'class="footnote" ' in english
    assert 'class="footnote-again" ' in urdu
    for text in (english, urdu):
        assert text.index('<span class="side" lang="en" dir="ltr"') < text.index(
            '<span class="side" lang="ur" dir="rtl"'
        )
        assert "A.</span>" in text
        assert "الف۔</span>" in text


def test_front_matter_texts_are_typeset() -> None:
    text = "---\ntitle: The *big* story\nsummary: About C++\nauthor: Desk\ntags: [a, b]\nsource: en\nimage: m.svg\n---\nText\n"
    place = replace(HERE, pictures={"m.svg": Picture("m", 1, 1)}, href="h", pdf="p")
    view = composed(text, place)
    assert view.title.html == "The <em>big</em> story"
    assert view.title.plain == "The big story"
    assert [tag.html for tag in view.tags] == ["a", "b"]
    assert (view.image, view.href, view.pdf, view.minutes, view.minutes_text) == ("m", "h", "p", 1, "1")
    assert compose(edited(article_of(text), "en"), place, body=False).sections == ()


def test_a_heading_keeps_its_class_and_its_language() -> None:
    article = article_of("## السلام {#s .wide lang=ar}\n\nText.\n\n## Plain\n\nText.\n")
    marked, plain = compose(edited(article, "en"), HERE).sections
    assert marked.classes == "wide"
    assert marked.heading is not None
    assert (marked.heading.lang, marked.heading.dir, marked.heading.foreign) == ("ar", "rtl", True)
    assert plain.heading is not None
    assert (plain.classes, plain.heading.foreign) == ("", False)
    (pair, _) = compose_pairs(edited(article, "en"), edited(article, "ur"), (HERE, HERE), "columns", "").sections
    assert pair.classes == "wide"
