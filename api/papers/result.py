"""Dokumen Evaluasi Kinerja Pegawai, format D.1.1 (PermenPANRB 6/2022, article 28 and annex)."""

from adapters.paper_form import Facts, Form, Pairs, Prose, Signature, Signatures
from api.pages.labels import UNIT_RESULTS
from api.pages.words import Words
from api.papers.people import ABOVE, DECIDER, EMPLOYEE, SIGNED, SUPERVISOR, decision, particulars, ratings, signature
from appraisal.papers.contents import Objected, Result


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
            Prose(_remarks(words, found), "5. CATATAN / REKOMENDASI"),
        ),
        Signatures(_signatures(words, found), SIGNED),
    )


def _signatures(words: Words, found: Result) -> tuple[Signature, ...]:
    missing = "Pegawai tidak menyatakan menerima." if found.refused else "Penerimaan oleh pegawai belum tercatat."
    signed = (
        signature(words, SUPERVISOR, found.rated.reviewed, "dinilai"),
        signature(words, EMPLOYEE, found.acknowledged, "diterima", missing),
    )
    decided = found.objection.decided if found.objection else None
    return (*signed, signature(words, DECIDER, decided, "diputus")) if decided else signed


def _remarks(words: Words, found: Result) -> Pairs:
    said = (
        ("Catatan pejabat penilai atas hasil kerja", found.rated.results_reason),
        ("Catatan pejabat penilai atas perilaku kerja", found.rated.behaviour_reason),
        ("Tanggapan pegawai", found.comment),
        ("Alasan pegawai tidak menyatakan menerima", found.refused),
        *_objection(words, found.objection),
        ("Rekomendasi pengembangan kompetensi", _recommended(found)),
    )
    return tuple((name, text) for name, text in said if text)


def _objection(words: Words, objection: Objected | None) -> Pairs:
    if objection is None:
        return ()
    return (
        ("Keberatan pegawai", f"{words.instant(objection.made_at)}\n{objection.reason}"),
        ("Tanggapan pejabat penilai atas keberatan", objection.answer or "Belum ada tanggapan yang tercatat."),
        *decision(words, objection),
    )


def _recommended(found: Result) -> str:
    if found.nominated is None:
        return ""
    what = f"Pelatihan: {found.training}" if found.training else "Tidak ada pelatihan untuk kali ini."
    return f"{what}\nAlasan: {found.training_reason}" if found.training_reason else what
