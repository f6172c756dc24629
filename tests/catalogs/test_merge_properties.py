"""What holds of every merge."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.catalogs.articles import article, read
from tests.catalogs.gettext_oracle import accepts, run
from tests.catalogs.merging import EDITED, HEADER, LONG, NOW, OWN, TARGET, entry, merged

from kitabat.catalogs.changes import bare
from kitabat.catalogs.extract import article_entries, pot
from kitabat.catalogs.merge import merge
from kitabat.catalogs.pieces import sentences
from kitabat.catalogs.po_entry import PoEntry

SECTIONS = ("a", "b", "c", "")
TEXTS = (
    "One day.",
    "One day, they met.",
    "One fine day they met.",
    "Two.",
    "Item 1",
    "Item 2",
    LONG,
    EDITED,
    "One _fine_ day they met.",
    f"{LONG} One fine day they met.",
)
MESSAGES = st.lists(st.tuples(st.sampled_from(SECTIONS), st.sampled_from(TEXTS)), max_size=8)


@st.composite
def catalogs(draw: st.DrawFn) -> bytes:
    """A catalog of any messages in any state."""
    keys = draw(st.lists(st.tuples(st.sampled_from(SECTIONS), st.sampled_from(TEXTS)), max_size=8, unique=True))
    parts = [HEADER]
    for number, (context, source) in enumerate(keys):
        text = draw(st.sampled_from(("", f"ترجمہ {number}", f"پہلا {number}۔ دوسرا {number}۔", source)))
        fuzzy = draw(st.booleans())
        before = "# note\n" * draw(st.booleans()) + ("#, fuzzy\n" if fuzzy else "")
        previous = (
            f'#| msgctxt "{context}"\n#| msgid "{draw(st.sampled_from(TEXTS))}"\n'
            if fuzzy and draw(st.booleans())
            else ""
        )
        block = entry(context, source, text, before).replace("\nmsgctxt", f"\n{previous}msgctxt", 1)
        if draw(st.booleans()):
            block = re.sub(
                "^(msg|#\\|)", lambda found: "#~ msg" if found[0] == "msg" else "#~|", block, flags=re.MULTILINE
            )
            block = re.sub("^#[.:].*\n", "", block, flags=re.MULTILINE)
        parts.append(block)
    return "".join(parts).encode()


@settings(max_examples=150, deadline=None)
@given(catalogs(), MESSAGES, st.booleans())
def test_no_translation_is_ever_lost(content: bytes, messages: list[tuple[str, str]], own: bool) -> None:
    assert accepts(content)
    before = read(content)
    made = merged(content, *messages, target=OWN if own else TARGET)
    after = read(made.content)
    written = " ".join(text for found in after.all for text in found.msgstr)
    for old in (*before.entries, *before.obsolete):
        follows = own and old.msgstr[0] == old.msgid
        assert follows or all(sentence in written for sentence in sentences(old.msgstr[0]))
        if not follows and old.msgstr[0] and old.comments:
            assert any(
                new.comments == old.comments and sentences(old.msgstr[0])[0] in new.msgstr[0] for new in after.all
            )
    now, then = ([found.msgid for found in entries] for entries in (after.entries, before.entries))
    for old in before.entries:
        # A text of several sections may be another's now: the first “Summary” goes, and the second has its id.
        if (
            old.key not in {found.key for found in after.entries}
            or now.count(old.msgid) > 1
            or then.count(old.msgid) > 1
        ):
            continue
        new = next(found for found in after.entries if found.key == old.key)
        assert (new.msgstr, new.flags, new.previous, new.comments) == (
            old.msgstr,
            old.flags,
            old.previous,
            old.comments,
        )
    for new in after.entries:
        confirmed = {bare(old.msgid) for old in before.all if old.msgstr == new.msgstr and not old.is_fuzzy}
        if not own and new.msgstr[0] and not new.is_fuzzy:
            assert bare(new.msgid) in confirmed
    assert sum(dataclasses.astuple(made.report)) - made.report.obsolete == len(set(messages))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), unique=True, max_size=8), st.data())
def test_the_order_of_the_old_catalog_does_not_matter(texts: list[str], data: st.DataObject) -> None:
    """As long as references tell the lines; some tools sort catalogs by msgid."""
    blocks = [
        entry(data.draw(st.sampled_from("ab")), text, f"پہلا {number}۔ دوسرا۔", number=2 * number)
        for number, text in enumerate(texts, 1)
    ]
    messages = data.draw(MESSAGES)
    results = [
        read(merged(HEADER + "".join(order), *messages).content)
        for order in (blocks, data.draw(st.permutations(blocks)))
    ]
    assert results[0].entries == results[1].entries
    assert {found.key: found for found in results[0].obsolete} == {found.key: found for found in results[1].obsolete}


def test_msgcmp_and_msgmerge_find_every_message(tmp_path: Path) -> None:
    messages = [(context, text) for context in SECTIONS for text in TEXTS]
    sources = article_entries(article(*messages))
    made = merge(None, sources, OWN).value
    assert made is not None
    catalog, template = tmp_path / "a.po", tmp_path / "a.pot"
    catalog.write_bytes(made.content)
    template.write_bytes(pot(sources, None, "a", "locales/a.pot", NOW))
    compared = run("msgcmp", str(catalog), str(template))
    assert (compared.returncode, compared.stderr) == (0, b"")
    by_gnu = run("msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=-", str(catalog), str(template)).stdout
    assert read(by_gnu).all == read(made.content).all


@settings(max_examples=40, deadline=None)
@given(catalogs(), MESSAGES, st.booleans())
def test_gettext_finds_every_message_and_nothing_to_change(
    content: bytes, messages: list[tuple[str, str]], own: bool
) -> None:
    """``msgcmp`` compares the catalog with the .pot, and ``msgmerge`` is a second merge that has nothing to do."""
    target = OWN if own else TARGET
    sources = article_entries(article(*messages))
    made = merge(content, sources, target).value
    assert made is not None
    with TemporaryDirectory() as folder:
        catalog, template = Path(folder, "a.po"), Path(folder, "a.pot")
        catalog.write_bytes(made.content)
        template.write_bytes(pot(sources, None, "a", "locales/a.pot", NOW))
        compared = run("msgcmp", "--use-fuzzy", "--use-untranslated", str(catalog), str(template))
        assert (compared.returncode, compared.stderr) == (0, b"")
        command = ("msgmerge", "--quiet", "--previous", "--no-fuzzy-matching", "--output-file=-")
        by_gnu = read(run(*command, str(catalog), str(template)).stdout)
    ours = read(made.content)
    assert [said(found) for found in by_gnu.entries] == [said(found) for found in ours.entries]
    assert [said(found) for found in by_gnu.obsolete] == [said(found) for found in ours.obsolete if any(found.msgstr)]


def said(found: PoEntry) -> PoEntry:
    """An entry as msgmerge has it: the flag and the previous msgid go where there is no translation."""
    lean = dataclasses.replace(found, extracted=())
    return lean if any(found.msgstr) else dataclasses.replace(lean, flags=(), previous=None)


def translated(*keys: tuple[str, str]) -> str:
    return HEADER + "".join(
        entry(context, text, f"ترجمہ {number}", f"# note {number}\n", number=2 * number + 1)
        for number, (context, text) in enumerate(keys)
    )


KEYS = st.lists(st.tuples(st.sampled_from(SECTIONS), st.sampled_from(TEXTS)), max_size=8, unique=True)


@settings(max_examples=80, deadline=None)
@given(KEYS, st.data())
def test_what_is_removed_comes_back_as_it_was(keys: list[tuple[str, str]], data: st.DataObject) -> None:
    old = translated(*keys)
    gone = data.draw(st.sets(st.sampled_from(keys))) if keys else set()
    back = merged(merged(old, *(key for key in keys if key not in gone)).content, *keys)
    before, after = ({found.key: found for found in read(content).entries} for content in (old.encode(), back.content))
    for key, found in after.items():
        assert dataclasses.replace(found, references=()) == dataclasses.replace(before[key], references=())


@settings(max_examples=80, deadline=None)
@given(KEYS, st.permutations(["p", "q", "r", "s"]))
def test_sections_under_new_names_keep_everything(keys: list[tuple[str, str]], names: list[str]) -> None:
    by_section = {name: tuple(text for context, text in keys if context == name) for name in SECTIONS}
    said_by_some = [texts for texts in by_section.values() if texts]
    assume(len({frozenset(texts) for texts in said_by_some}) == len(said_by_some))
    new = dict(zip(SECTIONS, names, strict=True))
    keys = [(section, text) for section, texts in by_section.items() for text in texts]
    after = read(merged(translated(*keys), *((new[context], text) for context, text in keys)).content)
    for number, found in enumerate(after.entries):
        assert (found.msgstr, found.comments, found.flags) == ((f"ترجمہ {number}",), (f"note {number}",), ())
    assert not after.obsolete
