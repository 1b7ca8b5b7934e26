"""Sasaran Kinerja Pegawai, for administrators and functional positions, quantitative approach (PermenPANRB 6/2022)."""

from adapters.paper_form import Facts, Form, Row, Ruled, Signatures
from api.pages.words import Words
from api.papers.people import EMPLOYEE, NOT_RECORDED, SIGNED, SUPERVISOR, parties, signature
from api.papers.work import CATEGORY, PLAN, behaviour, planned
from appraisal.papers.contents import Skp

ANNEX = ("Dukungan sumber daya", "Skema pertanggungjawaban", "Konsekuensi")
"""The three lists of the annex, in its order."""


def form(words: Words, skp: Skp) -> Form:
    """The form with everything that was agreed."""
    rows = tuple(Row(planned(words, number, target)) for number, target in enumerate(skp.targets, start=1))
    return Form(
        "Sasaran Kinerja Pegawai",
        "Pendekatan hasil kerja kuantitatif",
        skp.setting.agency,
        (f"Periode penilaian: tahun {skp.setting.year}", skp.setting.cycle),
        (
            parties(skp.employee, skp.supervisor),
            Ruled("HASIL KERJA", PLAN, rows, CATEGORY),
            behaviour(skp.expectations),
            Facts(tuple((name, NOT_RECORDED) for name in ANNEX), "LAMPIRAN SKP"),
        ),
        Signatures(
            (
                signature(words, EMPLOYEE, skp.handed_in, "diajukan"),
                signature(words, SUPERVISOR, skp.approved, "ditetapkan"),
            ),
            SIGNED,
        ),
        landscape=True,
    )
