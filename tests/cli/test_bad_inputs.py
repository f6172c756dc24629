"""The cases of bad input, each through the command line on a publication of its own.

Whatever the case: no traceback, no file of the author's changed, and what was published before is there unless a
better whole has taken its place.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.publications import ARTICLE, CATALOG, SETTINGS, Change, change, digests, kitabat, pages, sources

from kitabat.cli.main import main
from kitabat.publishing import foundry

pytestmark = pytest.mark.slow

PLACE = re.compile(r"^[^\s:][^:\n]*(:\d+){0,2}: error: .+ \[[a-z]+/[a-z-]+\]$", re.MULTILINE)
SECRET = "SECRET-OF-THE-MACHINE"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new publication of web pages, built once."""
    project = tmp_path_factory.mktemp("bad-inputs") / "aaina"
    assert main(["new", str(project)]) == 0
    change(project, {SETTINGS: swapped('formats = ["html", "pdf"]', 'formats = ["html"]')})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foundry, "subset", lambda *_: b"font")
        assert main(["build", "--project", str(project), "--jobs", "1"]) == 0
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    (tmp_path / "secret.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{SECRET}</text></svg>")
    return Path(shutil.copytree(built, tmp_path / "aaina", symlinks=True))


def added(text: str | bytes) -> Change:
    more = text.encode() if isinstance(text, str) else text
    return lambda content: content + more


def swapped(old: str, new: str) -> Change:
    def swap(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return swap


def resaved(codec: str) -> Change:
    return lambda content: content.decode().encode(codec)


def translated(text: str) -> Change:
    """Put a text in the place of the first translation of a paragraph; its form is what stands in a .po."""
    pattern = re.compile(r'(msgid (?:"[^\n]*"\n)+)msgstr (?:"[^\n]*"\n)+')

    def put(content: bytes) -> bytes:
        whole = content.decode()
        start = whole.index("This page is the file")
        match = pattern.search(whole, whole.rindex("msgid", 0, start))
        assert match
        return f'{whole[: match.start()]}{match[1]}msgstr "{text}"\n{whole[match.end() :]}'.encode()

    return put


def headed(line: str, new: str) -> Change:
    """Put other text in the place of a line of the catalog's header."""
    pattern = re.compile(rf'^"{re.escape(line)}:[^\n]*\n', re.MULTILINE)

    def put(content: bytes) -> bytes:
        whole, number = pattern.subn(lambda _: new, content.decode())
        assert number == 1
        return whole.encode()

    return put


def without_header(content: bytes) -> bytes:
    return content[content.index(b"\n\n") + 2 :]


AGAIN = '\nmsgctxt "@front"\nmsgid "Welcome"\nmsgstr "دوسرا"\n'
ENTRY = '\nmsgctxt "x"\nmsgid "y"\n'

REFUSED: Mapping[str, Mapping[str, Change]] = {
    "C01": {CATALOG: added(f'{ENTRY}msgstr "abc\n')},
    "C02": {CATALOG: added("\ngarbage\n")},
    "C03": {CATALOG: added('\n<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\n>>>>>>> other\n')},
    "C04": {CATALOG: added(AGAIN)},
    "C07": {CATALOG: resaved("utf-16")},
    "C08": {CATALOG: added(ENTRY.encode() + b'msgstr "\xd8\xa7\xff"\n')},
    "A01": {ARTICLE: added(b"\xff")},
    "A03": {ARTICLE: swapped("\n---\n\n", "\n\n")},
    "missing title": {ARTICLE: swapped("title: Welcome\n", "")},
    "unknown setting": {SETTINGS: swapped("[build]", "[build]\nspeed = 3")},
    "duplicate slug": {"content/deep/welcome.md": added("---\ntitle: Two\nsource: en\n---\n\nText\n")},
    "unbalanced markup": {CATALOG: translated("ایک **متن")},
    "missing image": {ARTICLE: added("\n![x](none.png)\n")},
    "empty article": {"content/empty.md": added("")},
    "X04 link in an article": {ARTICLE: added("\n[x](javascript:alert(1))\n")},
}

SAFE: Mapping[str, Mapping[str, Change]] = {
    "C06": {CATALOG: lambda content: b"\xef\xbb\xbf" + content},
    "C10": {CATALOG: swapped("charset=UTF-8", "charset=CHARSET")},
    "C15": {CATALOG: lambda _: b""},
    "C16": {CATALOG: without_header},
    "C17": {CATALOG: headed("Plural-Forms", '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n')},
    "C18": {CATALOG: headed("Plural-Forms", '"Plural-Forms: nplurals=2; plural=__import__(\'os\').system(\'touch pwned\');\\n"\n')},
    "X01": {CATALOG: translated("<script>alert(1)</script>")},
    "X02": {CATALOG: translated("<img src=x onerror=alert(1)>")},
    "X03": {CATALOG: translated("[متن](javascript:alert(1))")},
    "X05": {CATALOG: translated("[متن](data:text/html,x) ![متن](data:text/html,x)")},
    "X06": {CATALOG: translated("[متن]{style=\\\"position:fixed;background:url(//x)\\\"}")},
    "X09": {CATALOG: translated("<div><table><b>متن")},
    "X10": {CATALOG: translated("متن <!-- کھلا")},
    "X12": {CATALOG: translated("[متن](a.md 'x\\\" onmouseover=\\\"alert(1)') ![\\\"><script>](a.png)")},
    "X16": {ARTICLE: swapped("title: Welcome", "title: !!python/object/apply:os.system ['touch pwned']")},
    "U01": {CATALOG: translated("متن \u202e abc")},
    "U02": {CATALOG: translated("متن \u2066 abc")},
    "U04": {ARTICLE: swapped("title: Welcome", "title: Wel\u202ecome")},
    "A06": {ARTICLE: added("\n![x](../../secret.svg)\n")},
    "A07": {ARTICLE: added("\n![x](file:///etc/passwd)\n\n<object data='file:///etc/passwd'></object>\n")},
    "A14 up": {ARTICLE: swapped("source: en", "source: en\nslug: ../../out")},
    "A14 absolute": {ARTICLE: swapped("source: en", "source: en\nslug: /tmp/out")},
    "A21": {ARTICLE: added("\n" + "<div>\n" * 3000 + "text\n" + "</div>\n" * 3000)},
    "A21 quotes": {ARTICLE: added("\n" + ">" * 3000 + " text\n")},
    "A21 emphasis": {ARTICLE: added("\n" + "*a " * 5000 + "\n")},
}  # fmt: skip

ACCEPTED: Mapping[str, Mapping[str, Change]] = {
    "C13": {CATALOG: lambda content: content.replace(b"\n", b"\r\n")},
    "C21": {CATALOG: headed("POT-Creation-Date", '"POT-Creation-Date: 2026-01-31T04:05:06Z\\n"\n')},
    "C22": {CATALOG: headed("PO-Revision-Date", '"PO-Revision-Date: \\n"\n"X-Poedit-Basepath: .\\n"\n"X-Generator: Poedit 3.4\\n"\n')},
    "C23": {CATALOG: added('\n# old\n#, fuzzy\n#~| msgid "former"\n#~ msgid "gone"\n#~ msgstr "گیا"\n')},
}  # fmt: skip


def build(project: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Build, and see to what holds for every case; return the exit code and what was said."""
    before, output = sources(project), digests(project / "dist")
    capsys.readouterr()
    code = main(["build", "--project", str(project)])
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "internal fault" not in said
    assert sources(project) == before
    assert not list(project.parent.rglob("pwned"))
    assert not Path("pwned").exists()
    if code:
        assert digests(project / "dist") == output
        assert PLACE.search(said)
        assert "    hint: " in said
    return code, said


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, REFUSED[case])
    code, said = build(project, capsys)
    assert code > 1
    assert any(path in said for path in REFUSED[case])


@pytest.mark.parametrize("case", SAFE)
def test_safe(case: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = {harm for page in pages(project).values() for harm in page.harm()}
    change(project, SAFE[case])
    build(project, capsys)
    shown = pages(project)
    assert shown
    for page in shown.values():
        assert set(page.harm()) <= own
        assert SECRET not in page.text
        assert "root:" not in page.text
        assert "Project-Id-Version" not in page.text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.text)
    assert all(SECRET not in place.read_text("utf-8", "replace") for place in (project / "dist").rglob("*.svg"))
    assert {place.name for place in project.parent.iterdir()} == {"aaina", "secret.svg"}


@pytest.mark.parametrize("case", ACCEPTED)
def test_accepted(case: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    former = {path: page.text for path, page in pages(project).items()}
    change(project, ACCEPTED[case])
    code, _ = build(project, capsys)
    assert code == 0
    assert {path: page.text for path, page in pages(project).items()} == former


def test_c25_a_fuzzy_translation_is_not_published(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(
        project, {CATALOG: swapped('msgctxt "@front"\nmsgid "Welcome"', '#, fuzzy\nmsgctxt "@front"\nmsgid "Welcome"')}
    )
    code, _ = build(project, capsys)
    assert code == 0
    page = pages(project)["ur/welcome/index.html"]
    assert "خوش آمدید" not in page.text
    assert "Welcome" in page.text


def test_c29_the_wrong_language_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {CATALOG: swapped("Language: ur", "Language: fa")})
    assert main(["check", "--project", str(project)]) == 1
    assert f"{CATALOG}:" in capsys.readouterr().err


def test_x14_templates_in_a_translation_stay_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {CATALOG: translated("متن {{ 7*7 }} {% raise %} {# x #}")})
    code, _ = build(project, capsys)
    assert code == 0
    assert "{{ 7*7 }} {% raise %} {# x #}" in pages(project)["ur/welcome/index.html"].text


def test_u07_arabic_letters_in_urdu_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {CATALOG: translated("يہ كتاب")})
    assert main(["check", "--project", str(project)]) == 1
    said = capsys.readouterr().err
    assert "U+064A" in said
    assert "U+0643" in said


def test_a05_a_link_to_no_page_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {ARTICLE: added("\nSee [x](none.md) and [y](#none).\n")})
    assert main(["check", "--project", str(project)]) == 1
    said = capsys.readouterr().err
    assert "`none.md`" in said
    assert "`#none`" in said


def test_a08_no_request_goes_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        change(project, {ARTICLE: added(f"\n![x](http://127.0.0.1:{server.getsockname()[1]}/a.png)\n")})
        build(project, capsys)
        with pytest.raises(TimeoutError):
            server.accept()


def test_a11_a_link_out_of_the_project_is_not_followed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content" / "map.svg").symlink_to(project.parent / "secret.svg")
    (project / "content" / "other.md").symlink_to("/etc/passwd")
    change(project, {ARTICLE: added("\n![x](map.svg)\n")})
    build(project, capsys)
    for place in (project / "dist").rglob("*"):
        if place.is_file():
            content = place.read_bytes()
            assert SECRET.encode() not in content
            assert b"root:" not in content


def test_a17_any_name_will_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = b'---\ntitle: Names\nsource: en\n---\n\nText\n\n![x](<map \xd9\x86 "1" %232.svg>)\n'
    change(project, {'content/نام "of" it\'s #1.md': lambda _: text})
    shutil.copy(project.parent / "secret.svg", project / "content" / 'map ن "1" #2.svg')
    code, said = build(project, capsys)
    assert (code, said.count("error:")) == (0, 0)


def test_m01_an_output_that_is_a_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = project.parent / "taken"
    place.write_text("mine")
    assert main(["build", "--project", str(project), "--out", str(place)]) == 6
    assert "Traceback" not in capsys.readouterr().err
    assert place.read_text() == "mine"


def test_m02_a_disk_that_fills_up(project: Path) -> None:
    change(project, {ARTICLE: swapped("Write in one language", "Write in your language")})
    before, output = sources(project), digests(project / "dist")
    done = subprocess.run(
        [sys.executable, "-m", "kitabat.cli.main", "build", "--project", project],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048)),
        check=False,
    )
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
    assert digests(project / "dist") == output
    assert sources(project) == before


def test_m04_a_locale_that_is_not_utf8(project: Path) -> None:
    shutil.rmtree(project / "dist")
    done = kitabat("build", "--project", project, LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "خوش آمدید" in pages(project)["ur/welcome/index.html"].text


def test_m06_sources_that_may_only_be_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (project / "content", project / "locales"):
        for path in [*place.rglob("*"), place]:
            path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        code, _ = build(project, capsys)
    finally:
        for place in (project / "content", project / "locales"):
            for path in [place, *place.rglob("*")]:
                path.chmod(0o755)
    assert code == 0


def test_all_faults_at_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {**REFUSED["C02"], "content/other.md": added("text"), "content/third.md": added(b"\xff")})
    _, said = build(project, capsys)
    for path in (CATALOG, "content/other.md", "content/third.md"):
        assert f"{path}:" in said
