"""Catalogs made by hand, and merged."""

from __future__ import annotations

from tests.catalogs.articles import UR_PLURALS, article, read
from tests.catalogs.gettext_oracle import accepts, complaint

from kitabat.catalogs.extract import article_entries
from kitabat.catalogs.merge import Merged, Target, merge

PATH = "locales/ur/LC_MESSAGES/a.po"
NOW = "2026-03-03 00:00+0000"
TARGET = Target(PATH, "a", "ur", UR_PLURALS, NOW)
OWN = Target("locales/en/LC_MESSAGES/a.po", "a", "en", UR_PLURALS, NOW, own=True)
HEADER = """\
# Translators: …
msgid ""
msgstr ""
"Project-Id-Version: a\\n"
"POT-Creation-Date: 2025-01-01 00:00+0000\\n"
"PO-Revision-Date: 2025-01-02 00:00+0000\\n"
"Last-Translator: Someone <s@example.org>\\n"
"Language-Team: \\n"
"Language: ur\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Editor: mine\\n"
"""
LONG = "Moscow has pledged to stand by Pyongyang in its quarrel with Washington."
EDITED = "Moscow has pledged to stand by Pyongyang in its long quarrel with Washington."


def entry(context: str, source: str, text: str, before: str = "", number: int = 1) -> str:
    return f'\n{before}#. paragraph\n#: content/a.md:{number}\nmsgctxt "{context}"\nmsgid "{source}"\nmsgstr "{text}"\n'


def merged(content: str | bytes | None, *messages: tuple[str, str], target: Target = TARGET) -> Merged:
    former = content.encode() if isinstance(content, str) else content
    sources = article_entries(article(*messages))
    outcome = merge(former, sources, target)
    assert outcome.value is not None, outcome.diagnostics
    new = outcome.value.content
    assert accepts(new, "-c"), complaint(new, "-c")
    again = merge(new, sources, target)
    assert again.value is not None
    assert again.value.content == new
    assert not again.value.report.changes_messages
    assert [found.key for found in read(new).entries] == [source.key for source in sources]
    return outcome.value
