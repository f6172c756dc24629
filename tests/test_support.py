"""The checkers find a planted fault, and find none where there is none."""

from __future__ import annotations

import struct
import urllib.error
import urllib.request
from pathlib import Path

import pikepdf
import pytest
from selenium.webdriver import Chrome
from tests.support import (
    MissingToolError,
    axe_violations,
    msgfmt_check,
    nu_check,
    pdf_text,
    qpdf_check,
    run,
    screenshot,
    serve,
    tool,
)

PAGE = """<!doctype html>
<html lang="ur" dir="rtl"><head><meta charset="utf-8"><title>آئینہ</title></head>
<body><main><h1>آئینہ</h1>{body}</main></body></html>
"""
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def page(path: Path, body: str) -> Path:
    path.write_text(PAGE.format(body=body), encoding="utf-8")
    return path


def test_a_missing_tool_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(MissingToolError, match="setup/ready test"):
        tool("no-such-program-1", "no-such-program-2")


def test_run_gives_output_code_and_environment() -> None:
    report = run("sh", "-c", 'read -r line; echo "$WORD[$line]"; exit 3', WORD="لفظ")
    assert (report.stdout, report.returncode) == ("لفظ[]\n", 3)


def test_nu_check_finds_the_fault_in_the_page_at_fault_only(tmp_path: Path) -> None:
    good = page(tmp_path / "good.html", "<p>متن</p>")
    bad = page(tmp_path / "bad.html", "<p>متن<div></p>")
    assert nu_check([good]) == []
    faults = nu_check([good, bad])
    assert faults
    assert all("bad.html:" in fault for fault in faults)


def test_nu_check_reads_style_sheets(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.css", tmp_path / "bad.css"
    good.write_text("p { margin-inline: 1rem }")
    bad.write_text("p { colr: red }")
    assert len(nu_check([good, bad])) == 1


def test_nu_check_refuses_to_check_nothing() -> None:
    with pytest.raises(ValueError, match="no file"):
        nu_check([])


@pytest.mark.browser
def test_axe_finds_an_image_without_alternative_text(browser: Chrome, tmp_path: Path) -> None:
    image = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
    good = page(tmp_path / "good.html", f'<img src="{image}" alt="نقشہ">')
    bad = page(tmp_path / "bad.html", f'<img src="{image}">')
    assert axe_violations(browser, good.as_uri()) == []
    assert [line.partition(":")[0] for line in axe_violations(browser, bad.as_uri())] == ["image-alt"]


@pytest.mark.browser
def test_the_browser_shows_what_the_server_serves_and_reaches_nothing_else(browser: Chrome, tmp_path: Path) -> None:
    page(tmp_path / "index.html", "<p>پہلا صفحہ</p>")
    with serve(tmp_path) as address:
        browser.get(f"{address}/")
        assert browser.title == "آئینہ"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}/missing.html")
    script = "fetch('http://example.test/').then(() => arguments[0]('reached'), () => arguments[0]('refused'))"
    assert browser.execute_async_script(script) == "refused"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_screenshot_is_as_wide_as_asked_and_as_high_as_the_page(browser: Chrome, tmp_path: Path, width: int) -> None:
    tall = page(tmp_path / "tall.html", '<div style="height:3000px"></div>')
    screenshot(browser, tall.as_uri(), width, tmp_path / "tall.png")
    picture = (tmp_path / "tall.png").read_bytes()
    measured, height = struct.unpack(">II", picture[16:24])
    assert measured == width
    assert height > 3000


def test_qpdf_check_finds_a_broken_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(good)
    bad.write_bytes(good.read_bytes().replace(b"startxref", b"startxxxx"))
    assert qpdf_check(good) == []
    assert qpdf_check(bad)


def test_pdf_text_reads_what_is_on_the_page(tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    with pikepdf.new() as document:
        sheet = document.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        sheet.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        sheet.Contents = document.make_stream(b"BT /F 12 Tf 72 720 Td (Aaina) Tj ET")
        document.save(path)
    assert pdf_text(path).split() == ["Aaina"]
    (tmp_path / "broken.pdf").write_bytes(b"")
    with pytest.raises(ValueError, match="empty"):
        pdf_text(tmp_path / "broken.pdf")


def test_msgfmt_check_finds_a_string_that_is_not_closed(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.po", tmp_path / "bad.po"
    good.write_text(HEADER + 'msgid "a"\nmsgstr "الف"\n', encoding="utf-8")
    bad.write_text(HEADER + 'msgid "a"\nmsgstr "الف\n', encoding="utf-8")
    assert msgfmt_check(good) == []
    assert any("bad.po:6: end-of-line within string" in line for line in msgfmt_check(bad))
