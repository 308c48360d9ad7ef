"""CBF and CIF, of crystallography."""

import pytest

pytestmark = pytest.mark.django_db
PICTURE = (
    b"""
_array_data.data
;
--CIF-BINARY-FORMAT-SECTION--
Content-Type: application/octet-stream;
     conversions="x-CBF_BYTE_OFFSET"
X-Binary-Size: 2481
X-Binary-Element-Type: "signed 32-bit integer"
X-Binary-Size-Fastest-Dimension: 1475
X-Binary-Size-Second-Dimension: 1679

\x0c\x1a\x04\xd5"""
    + bytes(range(256)) * 9
)
MINI = (
    b"""###CBF: VERSION 1.5, CBFlib v0.7.8 - PILATUS detectors

data_run7_00001

_array_data.header_convention "PILATUS_1.2"
_array_data.header_contents
;
# Detector: PILATUS 2M, S/N 24-0107
# 2026-11-23T07:00:00.123
# Pixel_size 172e-6 m x 172e-6 m
# Exposure_time 0.0970000 s
# Exposure_period 0.1000000 s
# Count_cutoff 1048576 counts
# Threshold_setting: 6329 eV
# Wavelength 0.97934 A
# Detector_distance 0.32000 m
# Beam_xy (733.50, 834.20) pixels
# Start_angle 12.0000 deg.
# Angle_increment 0.1000 deg.
;
"""
    + PICTURE
)
FULL = (
    b"""###CBF: VERSION 1.5
data_image_1
_diffrn_radiation_wavelength.wavelength 0.979
loop_
_diffrn_scan_axis.axis_id
_diffrn_scan_axis.angle_start
GONIOMETER_PHI 12.0
DETECTOR_Z 0.0
"""
    + PICTURE
)
CRYSTAL = b"""data_1ABC
_struct.title 'A protein in a glass case'
_cell.length_a 78.1
_cell.length_b 78.1
_cell.length_c 37.2(3)
_cell.angle_alpha 90
_cell.angle_beta 90
_cell.angle_gamma 90.00
_symmetry.space_group_name_H-M 'P 43 21 2'
_refine.ls_d_res_high 1.85
_exptl.method ?
loop_
_atom_site.id
_atom_site.Cartn_x
1 1.0
2 2.0
3 3.0
"""


def test_the_header_of_a_minicbf(contents, put):
    put("run7_00001.cbf", MINI)
    told = contents("run7_00001.cbf")

    assert told.pop("header")[0] == "Detector: PILATUS 2M, S/N 24-0107"
    assert told == {
        "picture": {"width": 1475, "height": 1679, "element": "signed 32-bit integer"},
        "convention": "PILATUS_1.2",
        "detector": "PILATUS 2M",
        "serial_number": "24-0107",
        "taken_at": "2026-11-23T07:00:00.123",
        "exposure_time_s": 0.097,
        "exposure_period_s": 0.1,
        "wavelength_a": 0.97934,
        "distance_m": 0.32,
        "threshold_ev": 6329.0,
        "count_cutoff": 1048576.0,
        "start_angle_deg": 12.0,
        "angle_increment_deg": 0.1,
        "beam_center_px": [733.5, 834.2],
        "pixel_size_m": [0.000172, 0.000172],
    }


def test_a_full_cbf_is_told_as_cif(contents, put):
    put("image.cbf", FULL)
    (block,) = contents("image.cbf")["blocks"]

    assert block["values"]["_diffrn_radiation_wavelength.wavelength"] == "0.979"
    assert block["tables"] == [{"columns": ["_diffrn_scan_axis.axis_id", "_diffrn_scan_axis.angle_start"], "rows": 2}]


def test_a_crystal_is_told_by_one_name_whichever_dictionary_it_keeps_to(contents, put):
    old = {
        b"_cell.": b"_cell_",
        b"_symmetry.space_group": b"_symmetry_space_group",
        b"_struct.title": b"_publ_section_title",
    }
    small = CRYSTAL
    for new, name in old.items():
        small = small.replace(new, name)
    put("1abc.mmcif", CRYSTAL)
    put("small.cif", small)

    for name in ("1abc.mmcif", "small.cif"):
        (block,) = contents(name)["blocks"]
        assert block["crystal"] == {
            "title": "A protein in a glass case",
            "space_group": "P 43 21 2",
            "resolution_a": 1.85,
            "cell": [78.1, 78.1, 37.2, 90.0, 90.0, 90.0],
        }
        assert block["tables"] == [{"columns": ["_atom_site.id", "_atom_site.Cartn_x"], "rows": 3}]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.cif", CRYSTAL[:-9]),
        ("open.cif", b"data_x\n_a\n;never closed" + b"\n" * 5000),
        ("zeros.cif", bytes(10_000)),
        ("latin.cif", b"data_\xff\n_a \xe9"),
        ("none.cbf", b"###CBF" + bytes(5000)),
        ("noise.cbf", bytes(range(256)) * 40),
        ("none.cbf", MINI[:200]),
    ],
)
def test_what_is_broken_ends_in_a_sentence_or_in_what_can_be_read(describe, put, name, data):
    put(name, data)
    told = describe(name)

    assert told.get("contents") or told["trouble"].startswith("It cannot be read as ")
