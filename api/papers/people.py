"""People, signatures and ratings as the forms name them. The forms are Indonesian; so are their words."""

from adapters.paper_form import Facts, Pairs, Side, Sides, Signature
from api.pages.labels import OBJECTIONS, PREDICATES, RATINGS, UNIT_RESULTS
from api.pages.words import Words
from appraisal.calibration.distribution import GUIDELINE, Guide
from appraisal.objection.objections import ObjectionEnd
from appraisal.papers.contents import Objected, Rated
from appraisal.papers.people import Official, Signed
from appraisal.vocabulary import Predicate, Rating, UnitResult

NOT_RECORDED = "tidak tercatat di Jenjang"
BY_RULE = "aturan kalibrasi; tidak ada yang mengalibrasi sampai batas waktu"
EMPLOYEE, SUPERVISOR = "PEGAWAI YANG DINILAI", "PEJABAT PENILAI KINERJA"
ABOVE = "ATASAN PEJABAT PENILAI KINERJA"
DECIDER = "PEMUTUS KEBERATAN"
SIGNED = "TANDA TANGAN SEBAGAIMANA TERCATAT DALAM SISTEM"


def particulars(official: Official | None) -> Pairs:
    """The five lines of the forms. What is not on record says so, and is never made up."""
    known = official or Official("")
    named = (
        ("Nama", known.name),
        ("NIP / NI PPPK", known.number),
        ("Pangkat / gol. ruang", known.grade),
        ("Jabatan", known.title),
        ("Unit kerja", known.unit),
    )
    return tuple((name, value or NOT_RECORDED) for name, value in named)


def parties(employee: Official, supervisor: Official | None) -> Sides:
    """The heading of SKP and evaluation."""
    return Sides((Side(EMPLOYEE, particulars(employee)), Side(SUPERVISOR, particulars(supervisor))))


def signature(words: Words, role: str, signed: Signed | None, did: str, missing: str = NOT_RECORDED) -> Signature:
    """A signature as the system knows it: who did what when, and in whose place."""
    if signed is None:
        return Signature(role, "–", (missing,))
    number = f"NIP / NI PPPK {signed.by.number}" if signed.by.number else signed.by.title
    office = "akun pengelola kinerja (HR)" if signed.office else ""
    lines = (office or number, *_in_place(signed.represents), f"{did}: {words.instant(signed.at)}")
    return Signature(role, signed.by.name, tuple(line for line in lines if line))


def _in_place(represents: Official | None) -> tuple[str, ...]:
    if represents is None:
        return ()
    title = f", {represents.title}" if represents.title else ""
    return (f"dalam kedudukan pejabat: {represents.name}{title}",)


def organisation(words: Words, result: UnitResult | None) -> Facts:
    """Capaian kinerja organisasi, and the pattern that follows from it."""
    told = words.gettext(UNIT_RESULTS[result]).upper() if result else "belum ditetapkan"
    return Facts(
        (("Capaian kinerja organisasi", told), ("Pola distribusi (panduan SE MenPANRB 3/2023)", pattern(words, result)))
    )


def pattern(words: Words, result: UnitResult | None) -> str:
    """The guideline in words. The annex has a curve without numbers; these are those of the circular."""
    if result is None:
        return "–"
    return "; ".join(f"{predicates(words, guide.predicates)}: {_guide(guide)}" for guide in GUIDELINE[result])


def predicates(words: Words, which: tuple[Predicate, ...]) -> str:
    """'Kurang atau butuh perbaikan'."""
    return " atau ".join(words.gettext(PREDICATES[one]) for one in which)


def _guide(guide: Guide) -> str:
    parts = (
        "kelompok terbesar" if guide.majority else "",
        f"paling sedikit {guide.least_percent} %" if guide.least_percent else "",
        f"paling sedikit {guide.least_people} orang" if guide.least_people else "",
        f"paling banyak {guide.most_percent} %" if guide.most_percent < 100 else "",
    )
    return ", ".join(part for part in parts if part)


def ratings(words: Words, rated: Rated) -> Pairs:
    """The two ratings and the predicate, and how they came about."""
    told = (
        ("Rating hasil kerja", words.gettext(RATINGS[rated.results]).upper()),
        ("Rating perilaku kerja", words.gettext(RATINGS[rated.behaviour]).upper()),
        ("Predikat kinerja pegawai", words.gettext(PREDICATES[rated.predicate]).upper()),
    )
    return (*told, *_calibration(words, rated))


def decision(words: Words, objection: Objected | None) -> Pairs:
    """What an objection has come to, once it is over."""
    if objection is None or objection.ended is None:
        return ()
    told = [words.gettext(OBJECTIONS[objection.ended])]
    if objection.ended is ObjectionEnd.CHANGED:
        told.append(f"Sebelumnya (hasil / perilaku): {_pair(words, objection.results, objection.behaviour)}")
    if objection.decided:
        told += [
            f"Oleh: {objection.decided.by.name}, {words.instant(objection.decided.at)}",
            f"Alasan: {objection.ruling}",
        ]
    return (("Keputusan atas keberatan", "\n".join(told)),)


def _pair(words: Words, results: Rating, behaviour: Rating) -> str:
    return " / ".join(words.gettext(RATINGS[one]) for one in (results, behaviour))


def _calibration(words: Words, rated: Rated) -> Pairs:
    if not rated.calibrated_reason:
        return ()
    before = _pair(words, rated.reviewed_results, rated.reviewed_behaviour)
    who = f"{rated.calibrated.by.name}, {words.instant(rated.calibrated.at)}" if rated.calibrated else BY_RULE
    told = f"Sebelumnya (hasil / perilaku): {before}\nOleh: {who}\nAlasan: {rated.calibrated_reason}"
    return (("Diubah dalam kalibrasi unit", told),)
