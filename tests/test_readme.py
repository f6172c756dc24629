"""README.md is the manual of settings and front matter: its examples are accepted, and no key is missing from it."""

from __future__ import annotations

import re
import tomllib

import pytest
from tests.support import ROOT

from kitabat.articles.front_matter import READERS
from kitabat.articles.read import read_article
from kitabat.cli.main import COMMANDS
from kitabat.config import PATH, load
from kitabat.config.read import LANGUAGES, SCHEMA
from kitabat.workspace import Memory

README = (ROOT / "README.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    """Return the one fenced block of a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return str(found)


def test_the_settings_are_accepted() -> None:
    outcome = load(Memory({PATH: example("toml")}))
    assert outcome.diagnostics == ()
    assert outcome.value is not None


@pytest.mark.parametrize("table", ["publication", "build", "pdf"])
def test_every_setting_is_shown(table: str) -> None:
    keys = SCHEMA[table]
    assert not callable(keys)
    assert tomllib.loads(example("toml"))[table].keys() == keys.keys()


def test_every_setting_of_urdu_is_shown() -> None:
    assert tomllib.loads(example("toml"))["language"]["ur"].keys() == LANGUAGES["ur"].keys()


def test_the_article_is_accepted() -> None:
    outcome = read_article(Memory({"content/first.md": example("markdown")}), "content/first.md", ("en", "ur"), "en")
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert [section.id for section in outcome.value.sections] == ["alignment"]
    assert any("the city, not the newspaper" in message.comments for message in outcome.value.messages)


@pytest.mark.parametrize("key", READERS)
def test_every_key_of_the_front_matter_is_named(key: str) -> None:
    assert f"`{key}`" in README.partition("```markdown")[0]


@pytest.mark.parametrize("command", [module.__name__.rpartition(".")[2] for module in COMMANDS])
def test_every_command_is_named(command: str) -> None:
    assert f"kitabat {command}" in README
