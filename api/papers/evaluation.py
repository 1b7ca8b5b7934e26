"""Evaluasi Kinerja Pegawai: plan, realisation, feedback, ratings, predicate (PermenPANRB 6/2022, Anak Lampiran)."""

from adapters.paper_form import Facts, Form, Prose, Row, Ruled, Signatures
from api.pages.words import Words
from api.papers.people import DECIDER, SIGNED, SUPERVISOR, decision, organisation, parties, ratings, signature
from api.papers.work import CATEGORY, REACHED, behaviour, planned, realised
from appraisal.papers.contents import Evaluation, Reached


def form(words: Words, found: Evaluation) -> Form:
    """The form with the ratings as they stand."""
    rated = found.rated
    rows = tuple(_row(words, number, one) for number, one in enumerate(found.reached, start=1))
    signed = [signature(words, SUPERVISOR, rated.reviewed, "dinilai")]
    if rated.calibrated:
        signed.append(signature(words, "PIMPINAN UNIT (KALIBRASI)", rated.calibrated, "ditetapkan"))
    if found.objection and found.objection.decided:
        signed.append(signature(words, DECIDER, found.objection.decided, "diputus"))
    return Form(
        "Evaluasi Kinerja Pegawai",
        "Evaluasi tahunan",
        found.setting.agency,
        (f"Periode penilaian: tahun {found.setting.year}", found.setting.cycle),
        (
            parties(found.employee, found.supervisor),
            organisation(words, found.unit_result),
            Ruled("HASIL KERJA", REACHED, rows, CATEGORY),
            Prose((("Umpan balik pejabat penilai atas hasil kerja", rated.results_reason),)),
            behaviour(found.expectations),
            Prose((("Umpan balik pejabat penilai atas perilaku kerja", rated.behaviour_reason),)),
            Facts((*ratings(words, rated), *decision(words, found.objection)), "RATING DAN PREDIKAT"),
        ),
        Signatures(tuple(signed), SIGNED),
        landscape=True,
    )


def _row(words: Words, number: int, one: Reached) -> Row:
    return Row((*planned(words, number, one.target), realised(words, one.target, one.realisation), one.feedback or "–"))
