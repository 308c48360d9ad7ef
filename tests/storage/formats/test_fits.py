"""FITS: the headers of all units."""

import pytest

pytestmark = pytest.mark.django_db


def unit(*cards, data=b""):
    head = b"".join(card.encode().ljust(80) for card in (*cards, "END"))
    return head.ljust(-(-len(head) // 2880) * 2880) + data.ljust(-(-len(data) // 2880) * 2880, b"\0")


PRIMARY = (
    "SIMPLE  =                    T / conforms",
    "BITPIX  =                  -32",
    "NAXIS   =                    2",
    "NAXIS1  =                   10",
    "NAXIS2  =                    4",
    "OBJECT  = 'Crab''s nebula '    / with a quote",
    "EXPTIME =             1.25D+01",
    "GAIN    =                     / not known",
    "PHASE   = (1.0, -2.5)",
    "HIERARCH ESO DET NAME = 'Eye 7' / long",
    "LONGSTR = 'this goes on &'",
    "CONTINUE  'and on'",
    "COMMENT a remark",
)
IMAGE = (
    "XTENSION= 'IMAGE   '",
    "BITPIX  =  8",
    "NAXIS   =  1",
    "NAXIS1  = 5",
    "PCOUNT  = 0",
    "GCOUNT  = 1",
    "EXTNAME = 'MASK'",
)


def test_headers_of_all_units_are_told(contents, put):
    put("a.fits", unit(*PRIMARY, data=bytes(160)) + unit(*IMAGE, data=bytes(5)))
    first, second = contents("a.fits")["units"]

    assert (first["kind"], first["shape"], first["bits"], first["remarks"]) == ("PRIMARY", [4, 10], -32, ["a remark"])
    shown = {"OBJECT": "Crab's nebula", "EXPTIME": 12.5, "GAIN": None, "PHASE": [1.0, -2.5], "ESO DET NAME": "Eye 7"}
    assert first["header"].items() >= (shown | {"LONGSTR": "this goes on and on", "SIMPLE": True}).items()
    assert (second["kind"], second["name"], second["shape"]) == ("IMAGE", "MASK", [5])


def test_what_is_cut_within_its_data_is_told(contents, put):
    put("a.fits", unit(*PRIMARY, data=bytes(160))[:2900])

    assert contents("a.fits")["units"][0]["is_truncated"] is True


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (unit("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = -1"), "NAXIS is not as it must be"),
        (unit("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 1", "NAXIS1  = 99999999999999999999"), "the size of the data"),
        (unit("SIMPLE  = T")[:100], "in the middle of a header"),
        (b"SIMPLE  =".ljust(80) * 50_000, "more than 10000 lines"),
        (unit("NOTHING = 1"), "does not begin with SIMPLE"),
    ],
)
def test_what_is_broken_ends_in_a_sentence(describe, put, data, told):
    put("a.fits", data)

    assert told in describe("a.fits")["trouble"]


def test_units_without_end_are_cut(contents, put):
    put("a.fits", unit("SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0") + unit("XTENSION= 'IMAGE'", "NAXIS   = 0") * 60)
    told = contents("a.fits")

    assert (len(told["units"]), told["is_cut"]) == (40, True)
