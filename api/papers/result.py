"""Dokumen Evaluasi Kinerja Pegawai, format D.1.1 (PermenPANRB 6/2022, article 28 and annex)."""

from adapters.paper_form import Facts, Form, Pairs, Prose, Signatures
from api.pages.labels import UNIT_RESULTS
from api.pages.words import Words
from api.papers.people import ABOVE, EMPLOYEE, SIGNED, SUPERVISOR, particulars, ratings, signature
from appraisal.paper_contents import Result


def form(words: Words, found: Result) -> Form:
    """The five numbered parts of the format, and the signatures."""
    rated, unit = found.rated, found.unit_result
    organisation = words.gettext(UNIT_RESULTS[unit]).upper() if unit else "belum ditetapkan"
    return Form(
        "Dokumen Evaluasi Kinerja Pegawai",
        "Format D.1.1",
        found.setting.agency,
        (f"Periode penilaian: tahun {found.setting.year}", found.setting.cycle),
        (
            Facts(particulars(found.employee), f"1. {EMPLOYEE}"),
            Facts(particulars(found.supervisor), f"2. {SUPERVISOR}"),
            Facts(particulars(found.above), f"3. {ABOVE}"),
            Facts((("Capaian kinerja organisasi", organisation), *ratings(words, rated)), "4. EVALUASI KINERJA"),
            Prose(_remarks(found), "5. CATATAN / REKOMENDASI"),
        ),
        Signatures(
            (
                signature(words, SUPERVISOR, rated.reviewed, "dinilai"),
                signature(words, EMPLOYEE, found.acknowledged, "diterima", "Penerimaan oleh pegawai belum tercatat."),
            ),
            SIGNED,
        ),
    )


def _remarks(found: Result) -> Pairs:
    said = (
        ("Catatan pejabat penilai atas hasil kerja", found.rated.results_reason),
        ("Catatan pejabat penilai atas perilaku kerja", found.rated.behaviour_reason),
        ("Tanggapan pegawai", found.comment),
        ("Rekomendasi pengembangan kompetensi", _recommended(found)),
    )
    return tuple((name, text) for name, text in said if text)


def _recommended(found: Result) -> str:
    if found.nominated is None:
        return ""
    what = f"Pelatihan: {found.training}" if found.training else "Tidak ada pelatihan untuk kali ini."
    return f"{what}\nAlasan: {found.training_reason}" if found.training_reason else what
