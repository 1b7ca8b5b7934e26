"""Penetapan predikat kinerja pegawai of a unit by its head (SE MenPANRB 3/2023)."""

from collections.abc import Mapping

from adapters.paper_form import Facts, Form, FormPart, Prose, Row, Ruled, RuledColumn, Signatures
from api.pages.distribution_view import warnings
from api.pages.labels import PREDICATES, RATINGS, UNIT_RESULTS
from api.pages.words import Words
from api.papers.people import SIGNED, pattern, predicates, signature
from appraisal.calibration.distribution import Range
from appraisal.papers.distribution import Distribution, Round, Settled
from appraisal.vocabulary import Predicate

CALIBRATED = "* diubah dalam kalibrasi terhadap penilaian pejabat penilai, dengan alasan yang tercatat."
OBJECTED = "** diubah sesudahnya oleh keputusan atas keberatan pegawai, yang bersifat final."


def form(words: Words, found: Distribution) -> Form:
    """Who was rated how, against the guideline, and who decided it when."""
    return Form(
        "Penetapan Predikat Kinerja Pegawai",
        found.unit,
        found.setting.agency,
        (f"Periode penilaian: tahun {found.setting.year}", found.setting.cycle),
        (
            _facts(words, found),
            _counts(words, found),
            *_remarks(words, found),
            _people(words, found.settled),
            _rounds(words, found.rounds),
        ),
        _signed(words, found.rounds),
    )


def _facts(words: Words, found: Distribution) -> Facts:
    result = words.gettext(UNIT_RESULTS[found.unit_result]).upper() if found.unit_result else "belum ditetapkan"
    return Facts(
        (
            ("Unit kerja", found.unit),
            ("Capaian kinerja organisasi", result),
            ("Pola distribusi (panduan)", pattern(words, found.unit_result)),
            ("Pegawai dengan predikat", words.number(len(found.settled))),
        )
    )


def _counts(words: Words, found: Distribution) -> Ruled:
    counts = dict(found.counts)
    foreseen = found.ranges or tuple(Range((each,), 0, len(found.settled)) for each in Predicate)
    rows = tuple(_count(words, counts, allowed, len(found.settled), found.ranges is not None) for allowed in foreseen)
    columns = (
        RuledColumn("Predikat", share=4),
        *(RuledColumn(name, 2, True) for name in ("Pegawai", "Bagian", "Panduan")),
    )
    return Ruled("DISTRIBUSI PREDIKAT", columns, rows)


def _count(words: Words, counts: Mapping[Predicate, int], allowed: Range, people: int, guided: bool) -> Row:
    count = sum(counts[each] for each in allowed.predicates)
    largest = ", kelompok terbesar" if allowed.largest else ""
    bounded = guided and ((allowed.least, allowed.most) != (0, people) or allowed.largest)
    guide = f"{allowed.least} sampai {allowed.most} orang{largest}" if bounded else "–"
    return Row((predicates(words, allowed.predicates), str(count), f"{round(100 * count / people)} %", guide))


def _remarks(words: Words, found: Distribution) -> tuple[FormPart, ...]:
    told = tuple(("", text) for text in warnings(words, found.deviations))
    why = tuple((f"Pertimbangan putaran {n}", one.act.reason) for n, one in _reasoned(found.rounds))
    return (Prose((*told, *why), "CATATAN TERHADAP PANDUAN"),) if told or why else ()


def _reasoned(rounds: tuple[Round, ...]) -> tuple[tuple[int, Round], ...]:
    return tuple((n, one) for n, one in enumerate(rounds, start=1) if one.signed and one.act.reason)


def _people(words: Words, settled: tuple[Settled, ...]) -> Ruled:
    columns = (
        RuledColumn("No", number=True),
        RuledColumn("Nama, NIP / NI PPPK", share=6),
        RuledColumn("Jabatan", share=5),
        RuledColumn("Hasil kerja", share=3),
        RuledColumn("Perilaku kerja", share=3),
        RuledColumn("Predikat", share=3),
    )
    rows = tuple(
        Row(
            (
                str(number),
                f"{one.official.name}\n{one.official.number}".strip(),
                one.official.title or "–",
                words.gettext(RATINGS[one.results]),
                words.gettext(RATINGS[one.behaviour]),
                words.gettext(PREDICATES[one.predicate]) + " *" * one.changed + " **" * one.objected,
            )
        )
        for number, one in enumerate(settled, start=1)
    )
    notes = (
        (any(one.changed for one in settled), CALIBRATED),
        (any(one.objected for one in settled), OBJECTED),
    )
    return Ruled("PEGAWAI", columns, rows, " ".join(text for there, text in notes if there))


def _rounds(words: Words, rounds: tuple[Round, ...]) -> Ruled:
    heads = (("Putaran", 0), ("Waktu", 4), ("Ditetapkan oleh", 5), ("Pegawai", 0))
    columns = tuple(RuledColumn(name, share, number=not share) for name, share in heads)
    rows = tuple(
        Row((str(number), words.instant(one.act.at), _who(one), words.number(one.people)))
        for number, one in enumerate(rounds, start=1)
    )
    return Ruled("KEPUTUSAN", columns, rows)


def _who(one: Round) -> str:
    if one.signed is None:
        return "batas waktu kalibrasi: penilaian pejabat penilai berlaku"
    place = one.signed.represents
    return f"{one.signed.by.name}\ndalam kedudukan pejabat: {place.name}" if place else one.signed.by.name


def _signed(words: Words, rounds: tuple[Round, ...]) -> Signatures:
    """The head's last decision; what the clock settled after it stands among the rounds."""
    decided = next((one.signed for one in reversed(rounds) if one.signed), None)
    missing = "Tidak ada keputusan sampai batas waktu; penilaian pejabat penilai berlaku."
    return Signatures((signature(words, "PIMPINAN UNIT", decided, "ditetapkan", missing),), SIGNED)
