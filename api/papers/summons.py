"""The letter that calls somebody to a training (surat pemanggilan peserta pelatihan)."""

from adapters.paper_form import Facts, Form, Pairs, Prose, Signatures
from api.pages.words import Words
from api.papers.people import SIGNED, particulars, signature
from appraisal.papers.summons import Summons
from appraisal.training.enrolment_policy import Silence

SUMMONED = "Saudara yang namanya tercantum di bawah ini dipanggil untuk mengikuti pelatihan berikut."
CALLED, DECIDED = "PESERTA YANG DIPANGGIL", "PENGELOLA KINERJA (HR)"
SILENT = {
    Silence.ACCEPTED: "Tanpa jawaban sampai saat itu, Saudara dianggap bersedia.",
    Silence.DECLINED: "Tanpa jawaban sampai saat itu, kursi diserahkan kepada peserta berikutnya.",
}
"""What it means not to answer."""


def form(words: Words, found: Summons) -> Form:
    """The letter: who is called, to what, why, and by when to answer."""
    return Form(
        "Surat Pemanggilan Peserta Pelatihan",
        "Tindak lanjut hasil evaluasi kinerja",
        found.setting.agency,
        (f"Pelatihan tahun {found.starts_on.year}", found.setting.cycle),
        (
            Prose((("", SUMMONED),), ""),
            Facts(particulars(found.employee), CALLED),
            Facts(_course(words, found), "PELATIHAN"),
            Prose(_answer(words, found), "DASAR DAN JAWABAN"),
        ),
        Signatures((signature(words, DECIDED, found.decided, "disetujui"),), SIGNED),
    )


def _course(words: Words, found: Summons) -> Pairs:
    first, last = (f"{words.weekday(day)}, {words.day(day)}" for day in (found.starts_on, found.ends_on))
    days = first if last == first else f"{first} sampai {last}"
    told = (("Nama pelatihan", found.course), ("Lama", f"{found.hours} jam pelajaran (JP)"), ("Waktu", days))
    return (*told, ("Tempat", found.place or "diberitahukan kemudian"))


def _answer(words: Words, found: Summons) -> Pairs:
    informed = f"{found.superior.name}, {found.superior.title}" if found.superior else ""
    told = (
        ("Mengapa pelatihan ini", found.reason),
        ("Jawaban", f"Paling lambat {words.instant(found.respond_by)}. {SILENT[found.silence]}"),
        ("Tembusan", informed.strip(", ")),
    )
    return tuple((name, text) for name, text in told if text)
