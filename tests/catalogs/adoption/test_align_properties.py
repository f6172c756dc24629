"""Whatever is taken out of a text or joined in it: types stay apart, and the rest is not shifted."""

from __future__ import annotations

from collections import Counter

from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st
from tests.catalogs.adoption.articles import Piece, Text, aligned, article, markdown, pieces

from kitabat.catalogs.adoption.align import Alignment
from kitabat.catalogs.adoption.tree import tree

WORDS = ("river", "water", "summer")

# A failing article is small enough to read; to shrink it would take minutes.
# `certain` is a matter of likelihood: the same articles each time, lest one in thousands stop an unrelated change.
CHECKED = settings(deadline=None, max_examples=60, phases=(Phase.explicit, Phase.generate), derandomize=True)


def truth(found: list[Piece]) -> dict[str, str]:
    """Each text of the translation with its source; of those that are there once."""
    both = [(text.written("ur"), text.written("en")) for piece in found for text in piece.texts]
    counts = Counter(theirs for theirs, _ in both)
    return {theirs: ours for theirs, ours in both if counts[theirs] == 1}


def singles(alignment: Alignment) -> list[tuple[str, str, str]]:
    """Source, translation and doubt of the pairs of one text with one."""
    found = []
    for match in alignment.matches:
        if len(match.sources) == len(match.targets) == 1:
            ours, theirs = match.sources[0].key, match.targets[0].key
            assert ours
            assert theirs
            found.append((ours.source, theirs.source, match.doubt))
    return found


def of_one_kind(alignment: Alignment) -> bool:
    return all(len({node.kind for node in (*match.sources, *match.targets)}) == 1 for match in alignment.matches)


@CHECKED
@given(st.booleans().flatmap(pieces), st.sampled_from(["en", "ur"]))
def test_an_article_is_its_own_translation(found: list[Piece], language: str) -> None:
    text = markdown(found, language)
    alignment = aligned(text, text)
    for match in alignment.matches:
        assert [node.location.line for node in match.sources] == [node.location.line for node in match.targets]
        assert [node.key for node in match.sources] == [node.key for node in match.targets]
        assert len(match.sources) == 1
    assert len(alignment.matches) == len(list(tree(article(text)).texts))


@CHECKED
@given(pieces(numbered=True), st.data())
def test_what_is_taken_out_shifts_nothing(found: list[Piece], data: st.DataObject) -> None:
    numbers = [text.number for piece in found for text in piece.texts]
    assume(len(numbers) == len(set(numbers)))
    kept = _taken_out(found, data, headings=False)
    alignment = aligned(markdown(found, "en"), markdown(kept, "ur"))
    assert of_one_kind(alignment)
    right = truth(found)
    pairs = singles(alignment)
    assert [(ours, theirs) for ours, theirs, _ in pairs if right.get(theirs, ours) != ours] == []
    both = [
        (
            {node.key.source for node in match.sources if node.key},
            {node.key.source for node in match.targets if node.key},
        )
        for match in alignment.matches
    ]
    for text in (text for piece in kept for text in piece.texts):
        assert any(text.written("en") in ours and text.written("ur") in theirs for ours, theirs in both)


@CHECKED
@given(pieces(numbered=False), st.data())
def test_nothing_wrong_is_certain_where_only_lengths_tell(found: list[Piece], data: st.DataObject) -> None:
    alignment = aligned(markdown(found, "en"), markdown(_taken_out(found, data, headings=True), "ur"))
    assert of_one_kind(alignment)
    right = truth(found)
    for ours, theirs, doubt in singles(alignment):
        assert doubt or right.get(theirs, ours) == ours


def _taken_out(found: list[Piece], data: st.DataObject, *, headings: bool) -> list[Piece]:
    """Blocks without one or two of them, or without a text of one."""
    kept = list(found)
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, len(kept) - 1))
        piece = kept[place]
        if len(piece.texts) > 1 and data.draw(st.booleans()):
            gone = data.draw(st.integers(0, len(piece.texts) - 1))
            kept[place] = Piece(piece.kind, piece.texts[:gone] + piece.texts[gone + 1 :])
        elif headings or piece.kind != "heading":
            del kept[place]
        assume(any(piece.kind != "heading" for piece in kept))
    return kept


@CHECKED
@given(st.lists(st.integers(8, 30), min_size=3, max_size=8), st.data())
@example([10, 10, 10], None)
def test_joined_paragraphs_shift_nothing(lengths: list[int], data: st.DataObject | None) -> None:
    paragraphs = [Text((WORDS * 10)[:length], 1000 + number) for number, length in enumerate(lengths)]
    place = data.draw(st.integers(0, len(lengths) - 2)) if data else 1
    whole = [text.written("ur") for text in paragraphs]
    whole[place : place + 2] = [" ".join(whole[place : place + 2])]
    head = "---\ntitle: t\nsource: {}\n---\n\n"
    source = head.format("en") + "\n\n".join(text.written("en") for text in paragraphs) + "\n"
    alignment = aligned(source, head.format("ur") + "\n\n".join(whole) + "\n")
    shapes = [(len(match.sources), len(match.targets), bool(match.doubt)) for match in alignment.matches[1:]]
    assert shapes[place] == (2, 1, True)
    assert all((ours, theirs) == (1, 1) for number, (ours, theirs, _) in enumerate(shapes) if number != place)
