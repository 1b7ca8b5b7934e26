"""The records of SIASN's double: what each must hold, which one takes another's place, under which names they are given back.

The names of courses and of the talent map fit siasn_codes.toml; those of a real agency, BKN tells.
"""

from typing import Any

ANNUAL, PERIODIC, COURSE, TALENT = "rw-skp22", "rw-kinerjaperiodik", "rw-kursus", "rw-talenta"
"""The histories, as their addresses have them."""
SAVES = {
    ANNUAL: "skp22/save",
    PERIODIC: "kinerjaperiodik/save",
    COURSE: "kursus/save",
    TALENT: "tm/talentmapping-save",
}
PERSON = {ANNUAL: "pnsDinilaiOrang", PERIODIC: "pnsDinilaiId", COURSE: "pnsOrangId", TALENT: "pns_id"}
YEAR_OF = {COURSE: "tahunKursus"}
RATINGS = ("hasilKinerjaNilai", "perilakuKerjaNilai")
REQUIRED = {
    ANNUAL: ("pnsDinilaiOrang", "tahun", "penilaiNama", "penilaiJabatan", "penilaiUnorNama", "statusPenilai"),
    PERIODIC: ("pnsDinilaiId", "tahun", "periodikId", "koefisienId", "bulanMulaiPenilaian", "bulanSelesaiPenilaian"),
    COURSE: (*("pnsOrangId", "namaKursus", "tanggalKursus", "jumlahJam", "nomorSertipikat"), "jenisDiklatId"),
    TALENT: ("pns_id", "tahun", "box", "sumbu_x", "sumbu_y", "total_sumbu"),
}
OF_RATINGS = {
    "perilakuKerjaNilai": "PerilakuKerjaNilai",
    "kuadranKinerjaNilai": "KuadranKinerjaNilai",
    "penilaiNama": "namaPenilai",
    "penilaiNipNrp": "nipNrpPenilai",
    "penilaiJabatan": "penilaiJabatanNm",
    "penilaiGolongan": "penilaiGolonganId",
    "penilaiUnorNama": "penilaiUnorNm",
    "pnsDinilaiOrang": "pnsDinilaiId",
}
READ_AS = {ANNUAL: OF_RATINGS, PERIODIC: OF_RATINGS, COURSE: {"nomorSertipikat": "noSertipikat"}}
Place = tuple[str, str, str]
"""Which record: the history, SIASN's id of the person, and the year, the months of it, or the record's own id."""


def given_back(kind: str, one: dict[str, Any]) -> dict[str, Any]:
    """The record as a history shows it: under its other names."""
    return {READ_AS.get(kind, {}).get(name, name): value for name, value in one.items()}


def which(kind: str, body: dict[str, Any], fresh: str) -> str:
    """Which of a person's records this one is: that of its year or months; of a course the one it names, or a `fresh` one.

    SIASN does not see by itself that a course is told twice.
    """
    if kind == COURSE:
        return fresh
    return f"{body['tahun']} {body.get('bulanMulaiPenilaian', '')}-{body.get('bulanSelesaiPenilaian', '')}"


def wrong_with(kind: str, body: dict[str, Any], people: frozenset[str]) -> list[str]:
    """What SIASN's validation says of a record."""
    missing = [f"{name[0].upper()}{name[1:]} is required" for name in REQUIRED[kind] if body.get(name) in (None, "")]
    known = [] if body.get(PERSON[kind]) in people else ["PNS tidak ditemukan"]
    return [*missing, *(_of_ratings(body) if kind in (ANNUAL, PERIODIC) else ()), *known]


def _of_ratings(body: dict[str, Any]) -> list[str]:
    ratings = [f"{name} must be one of [1 2 3]" for name in RATINGS if body.get(name) not in (1, 2, 3)]
    quadrant = body.get("kuadranKinerjaNilai") in (1, 2, 3, 4, 5)
    graded = body.get("penilaiGolongan") or body.get("statusPenilai") != "ASN"
    checks = ((quadrant, "kuadranKinerjaNilai is invalid"), (graded, "PenilaiGolongan is required"))
    return [*ratings, *(text for holds, text in checks if not holds)]
