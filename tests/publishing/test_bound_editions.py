"""Facing pages and flip books as readers get them: sides, order, folios, labels, bookmarks, links, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.publishing.projects import FILES, IN_ENGLISH, IN_URDU, built, in_this_process, lay_out, translated

from kitabat.rendering.pdf import guard
from kitabat.rendering.pdf.render import load

SENTENCES = {
    f"Story {number} tells of place {number} and of person {number}.": f"کہانی {number} میں جگہ {number} کا ذکر ہے۔"
    for number in range(40)
}
LONG = {
    " ".join(list(SENTENCES)[at : at + 3 + at % 5]): " ".join(list(SENTENCES.values())[at : at + 3 + at % 5])
    for at in range(0, 35, 5)
}
ARTICLE = FILES["content/first.md"] + "\n## Longer {#longer}\n\n" + "\n\n".join(LONG) + "\n"
TRANSLATIONS = {**IN_URDU, **IN_ENGLISH, **LONG, "Longer": "طویل"}
ENGLISH = re.compile(r"\b(?:Mirror|Story|story|Part|place)\b")
URDU = re.compile("[\u0600-\u06ff]")
DEFAULTS = ("en", "ur")


@dataclass(frozen=True)
class Made:
    """A bilingual PDF, and what readers' programs say of it."""

    path: Path
    texts: tuple[str, ...]
    """Of each page."""

    @property
    def languages(self) -> list[str]:
        """What each page is written in; empty for an empty page, ``both`` for a title page."""
        found = []
        for text in self.texts:
            english, urdu = bool(ENGLISH.search(text)), bool(URDU.search(text))
            found.append("both" if english and urdu else "en" if english else "ur" if urdu else "")
        return found


def made(folder: Path, default: str, settings: str) -> Made:
    """Build the bilingual PDF of the article."""
    text = FILES["kitabat.toml"].replace('default_language = "en"', f'default_language = "{default}"')
    files = {
        **FILES,
        "content/first.md": ARTICLE,
        "kitabat.toml": f"{text}\n[pdf]\npage_size = 'A5'\ncolophon = false\n{settings}\n",
    }
    root = translated(lay_out(folder, files), TRANSLATIONS)
    report = built(root, slugs=["first"], formats=["pdf"])
    assert [str(one) for one in report.diagnostics] == []
    path = root / "dist/bilingual/first/first-bilingual.pdf"
    pdf = pypdfium2.PdfDocument(path)
    texts = tuple(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return Made(path, texts)


@pytest.fixture(scope="module")
def facing(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Made]:
    """Give the facing pages by default language."""
    folios = {"en": "separate", "ur": "shared"}
    return {
        tag: made(tmp_path_factory.mktemp(tag), tag, f"layout = 'facing'\nfolios = '{folios[tag]}'") for tag in DEFAULTS
    }


@pytest.fixture(scope="module")
def flipped(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a flip book."""
    return made(tmp_path_factory.mktemp("flip"), "ur", "layout = 'flip'")


def labels(path: Path) -> list[str]:
    """Return what viewers call each page."""
    with pikepdf.open(path) as pdf:
        return [str(entry.P) for entry in list(pdf.Root.PageLabels.Nums)[1::2]]


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Return level, title and page of each bookmark."""
    pdf = pypdfium2.PdfDocument(path)
    found = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    pdf.close()
    return found


def links(path: Path) -> Iterator[tuple[int, int]]:
    """Yield the page of each link within the file, and the page that it leads to."""
    with pikepdf.open(path) as pdf:
        pages: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        for number, page in enumerate(pdf.pages):
            for annotation in page.get("/Annots", ()):
                if "/Dest" in annotation:
                    yield number, pages[names[str(annotation.Dest)][0].objgen]


@pytest.mark.parametrize("default", DEFAULTS)
def test_urdu_lies_right_and_english_left(facing: Mapping[str, Made], default: str) -> None:
    edition = facing[default]
    other = {"en": "ur", "ur": "en"}[default]
    spreads_ = (len(edition.texts) - 1) // 2
    assert edition.languages == ["both", *([default, other] * spreads_)]
    assert spreads_ >= 3
    with pikepdf.open(edition.path) as pdf:
        # Page 1 stands alone outside; then the page at the spine's side comes first: left in a file that is read from
        # the left, right in one that is read from the right.
        assert str(pdf.Root.PageLayout) == "/TwoPageRight"
        assert str(pdf.Root.ViewerPreferences.Direction) == {"en": "/L2R", "ur": "/R2L"}[default]


def test_folios_count_pages_or_each_languages_own(facing: Mapping[str, Made]) -> None:
    assert labels(facing["en"].path)[:5] == ["", "1", "۱", "2", "۲"]
    assert labels(facing["ur"].path)[:5] == ["", "۲", "3", "۴", "5"]
    for edition in facing.values():
        for label, text, tag in list(zip(labels(edition.path), edition.texts, edition.languages, strict=True))[1:]:
            assert tag == "ur" or text.split()[-1] == label or label in text.split()[:3]


@pytest.mark.parametrize("default", DEFAULTS)
def test_every_word_is_there(facing: Mapping[str, Made], default: str) -> None:
    edition = facing[default]
    english = " ".join(text for text, tag in zip(edition.texts, edition.languages, strict=True) if tag == "en")
    found = re.findall(r"\w+", english.replace("\ufffe", "").replace("-\r\n", "").replace("\u00ad", ""))
    for word in set(re.findall(r"\w+", " ".join(LONG))):
        assert found.count(word) >= " ".join(LONG).split().count(word) >= 0
        assert word in found
    assert found.count("Story") == " ".join(LONG).count("Story ")


@pytest.mark.parametrize("default", DEFAULTS)
def test_links_and_bookmarks_stay_on_their_side(facing: Mapping[str, Made], default: str) -> None:
    edition = facing[default]
    assert {edition.languages[start] == edition.languages[end] for start, end in links(edition.path)} == {True}
    assert len(list(links(edition.path))) >= 6
    marks = bookmarks(edition.path)
    assert [mark[:2] for mark in marks] == [
        line
        for tag in (default, {"en": "ur", "ur": "en"}[default])
        for line in {
            "en": [(0, "The first story"), (1, "Part one"), (1, "Longer")],
            "ur": [(0, "پہلی خبر"), (1, "پہلا حصہ"), (1, "طویل")],
        }[tag]
    ]
    assert {edition.languages[page] for _, title, page in marks if URDU.search(title)} == {"ur"}


def test_a_flip_book_begins_at_both_covers(flipped: Made) -> None:
    tags = flipped.languages
    assert len(tags) % 4 == 0
    middle = len(tags) // 2
    assert set(tags[:middle]) | {""} == {"en", ""}
    assert set(tags[middle:]) | {""} == {"ur", ""}
    assert tags[0] == "en"
    assert tags[-1] == "ur"
    known = labels(flipped.path)
    assert known[:3] == ["1", "2", "3"]
    assert known[::-1][:3] == ["۱", "۲", "۳"]
    assert [mark[:2] for mark in bookmarks(flipped.path)][::3] == [(0, "The first story"), (0, "پہلی خبر")]
    urdu = [page for _, title, page in bookmarks(flipped.path) if URDU.search(title)]
    assert urdu == sorted(urdu, reverse=True)
    assert {flipped.languages[start] == flipped.languages[end] for start, end in links(flipped.path)} == {True}
    with pikepdf.open(flipped.path) as pdf:
        assert str(pdf.Root.ViewerPreferences.Direction) == "/L2R"


def test_a_flip_book_may_be_filed_from_its_right_cover(flipped: Made, tmp_path: Path) -> None:
    other = made(tmp_path, "ur", "layout = 'flip'\nbinding = 'right'")
    assert other.languages == flipped.languages[::-1]
    assert labels(other.path) == labels(flipped.path)[::-1]
    with pikepdf.open(other.path) as pdf:
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"


def test_a_footnote_longer_than_a_page_is_whole(tmp_path: Path) -> None:
    note = " ".join(f"Word{number}." for number in range(900))
    article = FILES["content/first.md"].replace("[^1]: The note.", f"[^1]: {note}")
    settings = f"{FILES['kitabat.toml']}\n[pdf]\npage_size = 'A5'\nlayout = 'facing'\n"
    files = {**FILES, "content/first.md": article, "kitabat.toml": settings}
    root = translated(lay_out(tmp_path, files), {**IN_URDU, **IN_ENGLISH, note: "حاشیہ۔"})
    assert built(root, slugs=["first"], formats=["pdf"]).diagnostics == ()
    for tag in ("en", "bilingual"):
        pdf = pypdfium2.PdfDocument(root / f"dist/{tag}/first/first-{tag}.pdf")
        found = [word for page in pdf for word in re.findall(r"Word(\d+)\.", page.get_textpage().get_text_bounded())]
        pdf.close()
        assert found == [str(number) for number in range(900)]


def test_another_renderer_is_told_of_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)
    load()  # With what makes words searchable: only what lays out pages is to find another version.
    monkeypatch.setattr(guard, "WRITTEN_FOR", "71.")
    with pytest.raises(AssertionError, match="facing pages are not level"):
        made(tmp_path, "en", "layout = 'facing'")
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(next(tmp_path.rglob("*l.pdf")))]
    assert len(texts) % 2
    assert " ".join(texts).count("Story") == " ".join(LONG).count("Story ")
