"""Pictures: what is published and what is refused."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from kitabat.rendering import pictures
from kitabat.rendering.pictures import PictureError, read_picture
from kitabat.workspace import Disk, Memory

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'


def png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def test_pictures_are_measured_and_named_by_their_content() -> None:
    files = Memory({"content/My Map.svg": SVG.format(""), "content/p.png": png(3, 2)})
    svg, photo = read_picture(files, "content/My Map.svg"), read_picture(files, "content/p.png")
    assert (svg.width, svg.height, svg.type) == (40, 20, "image/svg+xml")
    assert svg.name.startswith("my-map.")
    assert (photo.width, photo.height, photo.type) == (3, 2, "image/png")


def test_sizes_of_an_svg_go_before_its_view() -> None:
    files = Memory(
        {"a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="100px" height=\'50\' viewBox="0 0 40 20"></svg>'}
    )
    picture = read_picture(files, "a.svg")
    assert (picture.width, picture.height) == (100, 50)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="x"/>',
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        "<style>@import 'x'</style>",
        "<style>rect{fill:url(http://x)}</style>",
        "<foreignObject/>",
        '<a href="javascript:x"/>',
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
    ],
)
def test_an_svg_that_acts_or_refers_outside_is_refused(inside: str) -> None:
    with pytest.raises(PictureError, match="without scripts"):
        read_picture(Memory({"a.svg": SVG.format(inside)}), "a.svg")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ('width="1.2.3" height="..."', (0, 0)),
        ('viewBox="0 0 . ."', (0, 0)),
        ('width="1e9" height="99999999999"', (0, 0)),
        ('width=".6" height="20.4px"', (1, 20)),
        ('viewBox="-1 +2.5, 30,40"', (30, 40)),
        ('width="100" viewBox="0 0 40 20"', (100, 50)),
        ('height="30px" width="50%" viewBox="0 0 40 20"', (60, 30)),
        ('width="100" viewBox="0 0 0 20"', (100, 0)),
        ("", (0, 0)),
    ],
)
def test_a_size_that_is_no_number_is_no_size(size: str, expected: tuple[int, int]) -> None:
    picture = read_picture(Memory({"a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'}), "a.svg")
    assert (picture.width, picture.height) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><rect', "in its line 1"),
        ('<svg xmlns="http://www.w3.org/2000/svg"></g></svg>', "mismatched tag"),
        ("<svg/>", "xmlns"),
        ('<p xmlns="http://www.w3.org/2000/svg"><svg/></p>', "xmlns"),
    ],
)
def test_an_svg_that_nobody_could_show_is_refused(content: str, message: str) -> None:
    with pytest.raises(PictureError, match=message):
        read_picture(Memory({"a.svg": content}), "a.svg")


def in_an_svg(inside: str) -> Memory:
    return Memory({"a.svg": SVG.format(f'<image href="data:image/png;base64,{inside}" width="9" height="9"/>')})


def test_pictures_inside_an_svg_are_looked_at_too() -> None:
    whole = base64.b64encode(png(9, 9)).decode()
    assert read_picture(in_an_svg(whole), "a.svg").width == 40
    assert read_picture(in_an_svg(whole.rstrip("=")), "a.svg").width == 40
    for broken in (whole[:40], whole[:41], base64.b64encode(b"text").decode()):
        with pytest.raises(PictureError, match="whole picture"):
            read_picture(in_an_svg(broken), "a.svg")


def test_an_svg_may_refer_to_itself() -> None:
    inside = '<rect id="r" fill="url(#g)"/><use href="#r"/>'
    assert read_picture(Memory({"a.svg": SVG.format(inside)}), "a.svg").width == 40


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("a.txt", b"", "expected one of"),
        ("a.png", b"no picture", "expected a whole picture"),
        ("a.png", b"", "expected a whole picture"),
        ("a.png", png(40, 30)[:60], "expected a whole picture"),
        ("a.svg", b"no picture", "expected an SVG"),
        ("a.png", b"BM" + b"\0" * 60, "expected"),
    ],
)
def test_what_is_no_picture_is_refused(path: str, content: bytes, message: str) -> None:
    with pytest.raises(PictureError, match=message):
        read_picture(Memory({path: content}), path)


def test_a_picture_of_another_kind_than_its_name_says_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (2, 2)).save(stream, "BMP")
    with pytest.raises(PictureError, match="what its name says"):
        read_picture(Memory({"a.png": stream.getvalue()}), "a.png")


def test_a_picture_that_is_huge_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 5)
    with pytest.raises(PictureError, match="3 × 2 pixels"):
        read_picture(Memory({"a.png": png(3, 2)}), "a.png")


def test_a_picture_that_was_cut_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = io.BytesIO()
    Image.effect_noise((200, 100), 50).save(whole, "JPEG")
    assert read_picture(Memory({"a.jpg": whole.getvalue()}), "a.jpg").width == 200
    # Where WeasyPrint was loaded, Pillow has been told to take what there is.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(PictureError, match="a whole picture"):
        read_picture(Memory({"a.jpg": whole.getvalue()[:-900]}), "a.jpg")


def test_a_small_file_with_a_picture_of_50000_by_50000_pixels_is_not_opened() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(6251 * 50))), (b"IEND", b""))
    )
    with pytest.raises(PictureError, match="2500000000 pixels") as caught:
        read_picture(Memory({"a.png": b"\x89PNG\r\n\x1a\n" + chunks}), "a.png")
    assert caught.value.unfit


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ('<g id="a"><use href="#a"/></g>', "references"),
        (
            '<g id="a"><use href="#b"/></g><g id="b"><use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/></g>',
            "references",
        ),
        ('<pattern id="a"><rect fill="url(#a)"/></pattern>', "references"),
        (
            '<g id="a0"><rect/></g>'
            + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 9)),
            "references",
        ),
        ("<g>" * 5000 + "</g>" * 5000, "5001 elements"),
    ],
)
def test_an_svg_that_no_renderer_comes_to_the_end_of_is_refused(inside: str, message: str) -> None:
    with pytest.raises(PictureError, match=message) as caught:
        read_picture(Memory({"a.svg": SVG.format(inside)}), "a.svg")
    assert caught.value.unfit


def test_a_picture_that_is_not_there_or_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "secret.png").write_bytes(png(1, 1))
    (tmp_path / "project" / "link.png").symlink_to(tmp_path / "secret.png")
    disk = Disk(tmp_path / "project")
    for path in ("../secret.png", "link.png", "/etc/x.png"):
        with pytest.raises(PictureError, match="outside the project"):
            read_picture(disk, path)
    with pytest.raises(PictureError, match="does not exist"):
        read_picture(disk, "gone.png")
