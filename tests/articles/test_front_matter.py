from unittest.mock import patch

import yaml
from hypothesis import given
from hypothesis import strategies as st

from kitabat.articles import front_matter
from kitabat.articles.front_matter import USUAL, read_front_matter
from kitabat.markup.lines import Lines

KEYS = ("title", "date", "tags", "toc", "author", "x")
VALUES = (
    "2026-11-22",
    "true",
    "[a, b]",
    "[2026, b c]",
    '"A: b"',
    "a - b",
    "1.5",
    "خبر",
    "a 'b' \"c\"",
    "~",
    "yes",
    "a: b",
    "- a",
)

values = st.sampled_from(VALUES) | st.text('ab1 [],"-.?!&*ا\u200c\u2028\t', max_size=8)
lines = st.lists(st.tuples(st.sampled_from(KEYS), values).map(": ".join), max_size=4).map("\n".join)


@given(lines)
def test_front_matter_of_the_usual_form_reads_alike_with_either_parser(text: str) -> None:
    article = Lines("content/a.md", f"---\n{text}\n---\nText.\n")
    quick = read_front_matter(article, ("ur", "en"), "en")
    with patch.object(front_matter, "FASTER", yaml.SafeLoader):
        assert quick == read_front_matter(article, ("ur", "en"), "en")


def test_which_form_is_usual() -> None:
    assert USUAL.fullmatch('title: A day, in spring\ndate: 2026-11-22\ntags: [one, two]\nsummary: "A: b"\n')
    assert not any(
        map(USUAL.fullmatch, ("title: a: b\n", "title: [[a]]\n", "title: &a b\n", "title: |\n  a\n", "- a\n"))
    )
