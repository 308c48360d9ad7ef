"""Pictures: their heads alone."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

pytestmark = pytest.mark.django_db
HERE = {1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}


def picture(kind, mode="RGB", size=(40, 30), **how):
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def exif():
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0132] = "Beamline", "Eye 7", "2026:11:23 07:00:00"
    made.get_ifd(0x8769)[0x829A] = TiffImagePlugin.IFDRational(1, 4)
    made.get_ifd(0x8825).update(HERE)
    return made


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.png", picture("PNG", "L"), {"type": "PNG", "width": 40, "height": 30, "mode": "L"}),
        ("a.webp", picture("WEBP"), {"type": "WEBP", "width": 40, "height": 30, "mode": "RGB"}),
        ("a.bmp", picture("BMP"), {"type": "BMP", "width": 40, "height": 30, "mode": "RGB"}),
        ("a.gif", picture("GIF", "P"), {"type": "GIF", "width": 40, "height": 30, "mode": "P"}),
        ("a.jpg", picture("JPEG", dpi=(300, 300)), {"type": "JPEG", "width": 40, "height": 30, "dpi": [300.0, 300.0]}),
        ("a.tif", picture("TIFF", "I;16"), {"type": "TIFF", "mode": "I;16", "frames": 1}),
    ],
)
def test_every_kind_tells_its_size(contents, put, name, data, told):
    put(name, data)

    assert contents(name).items() >= told.items()


def test_where_a_picture_was_taken_is_told_to_who_asks_for_it(contents, put):
    put("here.jpg", picture("JPEG", exif=exif()))

    shown = {"Make": "Beamline", "Model": "Eye 7", "DateTime": "2026:11:23 07:00:00", "ExposureTime": 0.25}
    assert contents("here.jpg")["exif"] == shown
    place = contents("here.jpg", has_place=True)["exif"]["GPS"]
    assert place == {
        "GPSLatitudeRef": "N",
        "GPSLatitude": [52.0, 30.0, 0.0],
        "GPSLongitudeRef": "E",
        "GPSLongitude": [13.0, 24.0, 0.0],
    }


def test_the_words_of_a_png_are_told_but_no_document_that_may_hold_the_place(contents, put):
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", "Hit map")
    words.add_itxt("XML:com.adobe.xmp", "<x>52N 13E</x>")
    put("a.png", picture("PNG", pnginfo=words))

    assert contents("a.png")["text"] == {"Title": "Hit map"}
    assert "52N" not in str(contents("a.png"))


def test_frames_of_a_stack_are_counted(contents, put):
    more = [Image.new("L", (4, 4)) for _ in range(6)]
    put("stack.tif", picture("TIFF", "L", save_all=True, append_images=more))

    assert contents("stack.tif")["frames"] == 7


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks, size=(4, 4)):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", zlib.compress(bytes(20)))


def test_a_picture_of_a_huge_size_takes_no_memory(contents, put):
    put("bomb.png", png(size=(2**31 - 1, 2**31 - 1)))

    assert contents("bomb.png")["width"] == 2**31 - 1


@pytest.mark.parametrize(
    "data",
    [
        png(chunk(b"zTXt", b"bomb\0\0" + zlib.compress(bytes(200 << 20)))),
        png(chunk(b"IHDR", b"again")),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0" + b"\xff" * 300,
        b"II*\0\x08\0\0\0" + b"\xff\xff" + bytes(4000),
        b"II+\0\x08\0\0\0" + b"\xff" * 16,
        b"MM\0*\0\0\0\x08\0\1\1\0\0\4\xff\xff\xff\xff\0\0\0\x08\0\0\0\x08",
    ],
    ids=["text that unpacks", "two heads", "cut", "exif of nothing", "tags of nothing", "big tiff", "many values"],
)
def test_pictures_that_were_made_to_do_harm_end_in_a_sentence(describe, put, data):
    put("harm.img.png", data)
    told = describe("harm.img.png")

    assert told.get("contents", {}).get("width") or told["trouble"].startswith("It cannot be read as image/")


def test_a_stack_that_leads_back_to_itself_comes_to_an_end(describe, put):
    tags = b"".join(struct.pack("<HHII", tag, 4, 1, 1) for tag in (256, 257, 258, 259, 262, 273, 277, 278, 279))
    first = struct.pack("<H", 9) + tags + struct.pack("<I", 8)
    put("loop.tif", b"II*\0\x08\0\0\0" + first + bytes(10))

    assert describe("loop.tif")["contents"]["frames"] >= 1
