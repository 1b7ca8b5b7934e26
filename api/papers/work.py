"""Results and behaviour as tables: what SKP and evaluation share."""

from adapters.paper_form import Cell, Row, Ruled, RuledColumn
from api.pages.labels import ASPECTS
from api.pages.words import Words
from appraisal.assessment import Realisation
from appraisal.behaviours import GUIDES, NAMES
from appraisal.targets import Expectation, Target
from appraisal.vocabulary import SupportKind

CATEGORY = (
    "Pembagian A. Utama dan B. Tambahan tidak tercatat di Jenjang; setiap hasil kerja terikat pada rencana di atasnya."
)
PLAN = (
    RuledColumn("No", number=True),
    RuledColumn("Rencana hasil kerja pimpinan yang diintervensi", share=5),
    RuledColumn("Rencana hasil kerja", share=5),
    RuledColumn("Aspek"),
    RuledColumn("Indikator kinerja individu", share=5),
    RuledColumn("Target", share=3),
)
REACHED = (
    *PLAN,
    RuledColumn("Realisasi berdasarkan bukti dukung", share=7),
    RuledColumn("Umpan balik berkelanjutan berdasarkan bukti dukung", share=5),
)


def planned(words: Words, number: int, target: Target) -> tuple[Cell, ...]:
    """One target in the columns of `PLAN`."""
    of_unit = target.support.kind is SupportKind.UNIT_INDICATOR
    named = f"Indikator unit: {target.support.name}" if of_unit else target.support.name
    supported = "menunggu target pimpinan" if target.support.waits else named
    return (
        str(number),
        supported,
        target.title,
        words.gettext(ASPECTS[target.aspect]),
        target.indicator,
        f"{words.number(target.value)} {target.unit_of_measure}",
    )


def realised(words: Words, target: Target, found: Realisation | None) -> str:
    """What was reached, with the evidence."""
    if found is None:
        return "tidak ada penilaian diri pegawai"
    evidence = (f"Bukti: {link}" for link in found.evidence)
    return "\n".join((f"{words.number(found.value)} {target.unit_of_measure}", found.text, *evidence))


def behaviour(expectations: tuple[Expectation, ...]) -> Ruled:
    """The seven values with their guides, and what the leader expects beyond them."""
    columns = (
        RuledColumn("No", number=True),
        RuledColumn("Nilai", share=3),
        RuledColumn("Panduan perilaku", share=8),
        RuledColumn("Ekspektasi khusus pimpinan", share=6),
    )
    rows = tuple(
        Row((str(number), NAMES[one.behaviour], GUIDES[one.behaviour], one.text or "–"))
        for number, one in enumerate(expectations, start=1)
    )
    return Ruled("PERILAKU KERJA", columns, rows)
