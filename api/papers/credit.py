"""The angka kredit that was confirmed of a year (penetapan angka kredit)."""

from decimal import Decimal

from adapters.paper_form import Facts, Form, Pairs, Prose, Row, Ruled, RuledColumn, Signatures
from api.pages.labels import PREDICATES
from api.pages.words import Words
from api.papers.people import SIGNED, particulars, signature
from appraisal.career.career import CARRIED_OVER
from appraisal.papers.credit import CreditPaper

DECIDED = "PENGELOLA KINERJA (HR)"
CONVERTED = (
    *(RuledColumn("Predikat kinerja", 3), RuledColumn("Persentase", 2, number=True)),
    *(RuledColumn("Koefisien per tahun", 2, number=True), RuledColumn("Bulan", 1, number=True)),
    RuledColumn("Angka kredit", 2, number=True),
)
FORMULA = "Angka kredit = bulan / 12 × persentase × koefisien per tahun."
COLLECTED = (RuledColumn("Diperoleh", 3), RuledColumn("Angka kredit", 1, number=True))


def form(words: Words, found: CreditPaper) -> Form:
    """The year as it was converted, what was collected at the level by then, and what the next rank and level need."""
    one = found.converted
    predicate = words.gettext(PREDICATES[one.predicate]).upper()
    cells = (predicate, f"{one.percent} %", _number(one.per_year), str(one.months), _number(one.credit))
    before = tuple(Row((_earned(about), _number(credit))) for about, credit in found.earlier)
    rows = (
        *before,
        Row((f"Tahun {found.setting.year}", _number(one.credit))),
        Row(("Jumlah", _number(found.collected))),
    )
    reason = (Prose((("Alasan", found.reason),), "KETERANGAN"),) if found.reason else ()
    return Form(
        "Penetapan Angka Kredit",
        "Konversi predikat kinerja ke angka kredit (PermenPANRB 1/2023, Peraturan BKN 3/2023)",
        found.setting.agency,
        (f"Tahun {found.setting.year}",),
        (
            Facts((*particulars(found.employee), ("Jenjang", level(found))), "PEGAWAI"),
            Ruled("KONVERSI", CONVERTED, (Row(cells),), FORMULA),
            Ruled("ANGKA KREDIT PADA JENJANG INI", COLLECTED, rows),
            Facts(_needed(found), "KEBUTUHAN ANGKA KREDIT KUMULATIF"),
            *reason,
        ),
        Signatures((signature(words, DECIDED, found.decided, "ditetapkan"),), SIGNED),
    )


def level(found: CreditPaper) -> str:
    """'Ahli Muda'."""
    return found.level.replace("_", " ").title()


def _earned(about: str) -> str:
    return "Dibawa dari sebelumnya" if about == CARRIED_OVER else f"Tahun {about}"


def _needed(found: CreditPaper) -> Pairs:
    needed, collected = found.needed, found.collected
    pairs = [("Kenaikan pangkat", _of(needed.rank, collected))]
    if needed.level is not None:
        pairs.append(("Kenaikan jenjang", _of(needed.level, collected)))
    return tuple(pairs)


def _of(needed: Decimal, collected: Decimal) -> str:
    missing = needed - collected
    return f"{_number(needed)} ({f'kurang {_number(missing)}' if missing > 0 else 'terpenuhi'})"


def _number(value: Decimal) -> str:
    """'18,75': as many decimals as were decided on."""
    return f"{value:f}".replace(".", ",")
