"""Publishes that break off at any change, and what the next one makes of it."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.delivery.file_systems import ROOT, Moving, Watched, fresh
from tests.delivery.outputs import CHANGED, SITE, Files, contents, output, page, published

from kitabat.delivery.manifest import WORK
from kitabat.model.errors import ExitCode, PublishingError

KINDS = (Watched, Moving)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[type[Watched]]:
    with fresh(request.param) as kind:
        yield kind


def target(store: type[Watched]) -> str:
    return f"{store.protocol}:/{ROOT}"


def broken(store: type[Watched], dist: Path, after: int, **more: object) -> bool:
    """Publish with so many changes that go well; tell whether it broke off."""
    store.left = after
    try:
        published(dist, target(store), **more)
    except PublishingError:
        return True
    finally:
        store.left = None
    return False


def placed(store: type[Watched]) -> list[str]:
    """The files that readers got, in order; one that was sent twice stands there twice."""
    what = "move" if store is Moving else "send"
    return sorted(path for done, path in store.log if done == what and not path.startswith(WORK))


@pytest.mark.parametrize("jobs", [1, 4])
def test_broken_at_every_change_and_gone_on_with(store: type[Watched], tmp_path: Path, jobs: int) -> None:
    """Whatever has arrived is not sent again, and the target ends as the output is."""
    for after in range(60):
        with fresh(store):
            dist = output(tmp_path / "dist", SITE)
            published(dist, target(store))
            store.log.clear()
            output(dist, CHANGED)
            fell = broken(store, dist, after, jobs=jobs)
            published(dist, target(store), jobs=jobs)
            assert store.files() == contents(dist)
            assert store.seen == []
            assert not [name for name in store.store if WORK in name]
            assert placed(store) == sorted({*CHANGED, "manifest.json"} - {"assets/map.png"})
            if not fell:
                break
    else:
        pytest.fail("it never went well")
    assert after > len(CHANGED)


def test_a_first_publish_in_small_steps_sends_each_file_once(store: type[Watched], tmp_path: Path) -> None:
    dist = output(tmp_path / "dist", SITE)
    for _ in range(30):
        if not broken(store, dist, 3, jobs=1):
            break
    assert store.files() == contents(dist)
    assert placed(store) == sorted(contents(dist))
    assert store.seen == []


def test_a_break_is_told_with_what_is_done(store: type[Watched], tmp_path: Path) -> None:
    store.left = 5
    with pytest.raises(PublishingError) as raised:
        published(output(tmp_path / "dist", SITE), target(store), jobs=1)
    (told,) = raised.value.diagnostics
    assert told.rule == "output/permission"
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert "broken on purpose" in told.message
    assert "of 9 files are done, and the same command goes on from there" in told.hint


def test_a_report_says_what_a_break_had_sent(tmp_path: Path) -> None:
    with fresh(Watched) as store:
        dist = output(tmp_path / "dist", SITE)
        assert broken(store, dist, 4, jobs=1)
        report = published(dist, target(store))
        assert report.resumed == 3
        assert report.there == 3
        assert len(report.sent) == 6


def test_back_to_the_former_output_after_a_break(store: type[Watched], tmp_path: Path) -> None:
    dist = output(tmp_path / "dist", SITE)
    published(dist, target(store))
    assert broken(store, output(dist, CHANGED), 6)
    published(output(dist, SITE), target(store))
    assert store.files() == contents(dist)


def test_a_full_target_is_told_at_once(store: type[Watched], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "fault", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    store.left = 3
    with pytest.raises(PublishingError, match=r"The target is full.*No space left"):
        published(output(tmp_path / "dist", SITE), target(store))


def test_a_network_that_comes_back_is_waited_for(
    store: type[Watched], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kitabat.delivery.crew.PAUSES", (0, 0, 0))
    usual, times = store._changed, iter(range(10_000))

    def shaky(self: Watched, what: str, path: str) -> None:
        if next(times) % 4 == 0:
            raise ConnectionResetError("lost")
        usual(self, what, path)

    monkeypatch.setattr(store, "_changed", shaky)
    dist = output(tmp_path / "dist", SITE)
    published(dist, target(store), jobs=1)
    assert store.files() == contents(dist)


def test_a_network_that_does_not_is_given_up(
    store: type[Watched], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kitabat.delivery.crew.PAUSES", (0, 0, 0))
    monkeypatch.setattr(store, "fault", ConnectionResetError("lost"))
    store.left = 2
    with pytest.raises(PublishingError) as raised:
        published(output(tmp_path / "dist", SITE), target(store))
    assert raised.value.diagnostics[0].rule == "output/network"
    assert raised.value.exit_code is ExitCode.OUTPUT


# Any trees, any breaks

SLUGS = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["", "1", "2"])


@st.composite
def sites(draw: st.DrawFn) -> Files:
    """A site as builds make them: pages need assets, lists need pages, the chooser needs lists."""
    files: dict[str, str] = {}
    assets = sorted(draw(st.sets(st.sampled_from([f"assets/{name}" for name in ("x.css", "y.css", "z.png")]))))
    files |= {path: draw(TEXTS) for path in assets}
    fronts = []
    for tag in sorted(draw(st.sets(st.sampled_from(["en", "ur"])))):
        pages = []
        for slug in sorted(draw(st.sets(SLUGS))):
            wanted = [path for path in assets if draw(st.booleans())]
            if draw(st.booleans()):
                files[f"{tag}/{slug}/{slug}.pdf"] = draw(TEXTS)
                wanted.append(f"{tag}/{slug}/{slug}.pdf")
            pages.append(f"{tag}/{slug}/index.html")
            files[pages[-1]] = page(*wanted, text=draw(TEXTS))
        fronts.append(f"{tag}/index.html")
        files[fronts[-1]] = page(*pages, text=draw(TEXTS))
    return {**files, "index.html": page(*fronts)}


FOREIGN = {"CNAME": b"aaina.example", "ur/mine.txt": b"mine"}


@settings(max_examples=60, deadline=None)
@example(
    Moving,
    [
        ({"index.html": page()}, 7, False),
        ({"index.html": page("a.css"), "a.css": ""}, 0, False),
        ({"index.html": page()}, 0, False),
    ],
    1,
)
@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(sites(), st.integers(0, 40), st.booleans()), min_size=1, max_size=4),
    st.integers(1, 4),
)
def test_any_outputs_broken_anywhere_end_as_the_last_one_is(
    kind: type[Watched], outputs: list[tuple[Files, int, bool]], jobs: int
) -> None:
    """And on the way no reader meets a page before what it needs, and nothing of somebody else's is touched."""
    with tempfile.TemporaryDirectory() as folder, fresh(kind) as store:
        for path, content in FOREIGN.items():
            store().pipe_file(f"{ROOT}/{path}", content)
        dist = Path(folder, "dist")
        for files, after, delete in outputs:
            broken(store, output(dist, files), after, jobs=jobs, delete=delete)
            assert {path: store.files()[path] for path in FOREIGN} == FOREIGN
        published(dist, target(store), jobs=jobs)
        assert store.files() == {**contents(dist), **FOREIGN}
        assert not [name for name in store.store if WORK in name]
        assert store.seen == []
