"""Outputs that can be published, and those that cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.delivery.outputs import CHANGED, SITE, output, published

from kitabat.delivery import parcel as parcels
from kitabat.delivery.parcel import ChangedError, packed
from kitabat.model.errors import ExitCode, PublishingError


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return output(tmp_path / "dist", SITE)


@pytest.mark.parametrize("content", [None, "[", "{}", '{"generator": "other", "files": {}}'])
def test_without_an_output_there_is_nothing_to_publish(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(PublishingError) as raised:
        packed(tmp_path, "dist")
    (fault,) = raised.value.diagnostics
    assert (fault.rule, raised.value.exit_code) == ("output/unbuilt", ExitCode.OUTPUT)
    assert "kitabat build" in fault.hint


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a//b", ".kitabat-publish/x", "manifest.json", "a\0b"])
def test_a_manifest_that_leads_elsewhere_is_refused(dist: Path, path: str) -> None:
    found = json.loads((dist / "manifest.json").read_text())
    found["files"][path] = {"sha256": "0" * 64}
    (dist / "manifest.json").write_text(json.dumps(found))
    with pytest.raises(PublishingError, match="expected what a build writes"):
        packed(dist, "dist")


@pytest.mark.parametrize("digest", ["", "0" * 63, "G" * 64, 3, None])
def test_a_manifest_without_digests_is_refused(dist: Path, digest: object) -> None:
    (dist / "manifest.json").write_text(json.dumps({"generator": "kitabat", "files": {"a": {"sha256": digest}}}))
    with pytest.raises(PublishingError, match="expected what a build writes"):
        packed(dist, "dist")


def test_files_that_are_not_as_they_were_built_are_named(dist: Path, tmp_path: Path) -> None:
    (dist / "ur/index.html").write_text("edited by hand")
    (dist / "assets/style.css").unlink()
    with pytest.raises(PublishingError) as raised:
        published(dist, str(tmp_path / "site"))
    assert [str(fault.location) for fault in raised.value.diagnostics] == [
        "dist/assets/style.css",
        "dist/ur/index.html",
    ]
    assert "Missing file" in raised.value.diagnostics[0].message
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert not (tmp_path / "site").exists()


def test_many_of_them_are_counted(dist: Path) -> None:
    for path in SITE:
        (dist / path).write_text("x")
    with pytest.raises(PublishingError) as raised:
        packed(dist, "dist")
    assert "3 more files" in raised.value.diagnostics[-1].message


def test_of_an_output_that_is_replaced_meanwhile_the_new_one_is_taken(
    dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = parcels._digest

    def looked_at(place: Path) -> tuple[str | None, int]:
        if place.name == "style.css":
            output(dist, CHANGED)
        return usual(place)

    monkeypatch.setattr(parcels, "_digest", looked_at)
    assert {item.path for item in packed(dist, "dist").items} == {*CHANGED, "manifest.json"}


def test_an_output_that_changes_meanwhile_is_not_sent(dist: Path, tmp_path: Path) -> None:
    parcel = packed(dist, "dist")
    (item,) = (item for item in parcel.items if item.path == "index.html")
    (dist / "index.html").write_text("of the next build")
    with pytest.raises(ChangedError):
        parcel.freight(item)
    (dist / "index.html").unlink()
    with pytest.raises(ChangedError):
        parcel.freight(item)
