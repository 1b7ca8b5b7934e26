"""What each kind of file must hold, with an example: shown on the page and given away as a file to fill in. Invented data."""

from api.pages.words import N_
from appraisal.roster.assessments import ASSESSMENT_COLUMNS
from appraisal.roster.attendance import ATTENDANCE_COLUMNS, ATTENDANCE_EXTRAS
from appraisal.roster.calendar import HOLIDAY_COLUMNS, SCHEDULE_COLUMNS
from appraisal.roster.catalogue import INDICATOR_COLUMNS, INDICATOR_EXTRAS, TRAINING_COLUMNS, TRAINING_EXTRAS
from appraisal.roster.people import PEOPLE_COLUMNS, PEOPLE_EXTRAS

Column = tuple[str, str, str]
"""(name in the heading, an example, what it holds)."""

_PEOPLE = (
    ("197202261998041006", N_("NIP of 18 digits, as text; PN- and digits for a Pejabat Negara")),
    ("Siti Contoh", N_("name with titles")),
    ("siti.contoh@agency.example", N_("e-mail for signing in; may be empty")),
    ("DINKES", N_("code of the unit in the personnel system")),
    ("Dinas Kesehatan", N_("name of the unit")),
    ("KAB", N_("code of the unit above; empty for the topmost only")),
    ("Kepala Dinas Kesehatan", N_("title of the position")),
    ("Struktural", N_("Struktural for the head of the unit, else Fungsional or Pelaksana")),
    ("IV/b", N_("golongan: I/a to IV/e for PNS, I to XVII for PPPK")),
    ("II.b", N_("eselon; empty for others than structural positions")),
    ("PN-0001", N_("NIP of the superior who reviews")),
    ("PNS", N_("PNS, PPPK or Pejabat Negara")),
    ("01-03-2024", N_("day on which it began, dd-mm-yyyy")),
    ("", N_("jenjang of a functional position, as Ahli Muda; may be left out")),
)
_INDICATORS = (
    ("DINKES", N_("code of the unit in the personnel system")),
    ("2027", N_("year")),
    ("IKK-1", N_("code, unique in the unit and year")),
    ("Cakupan imunisasi dasar lengkap", N_("the indicator")),
    ("persen", N_("unit of measure")),
    ("91,4", N_("value before; may be empty")),
    ("95", N_("value to be reached")),
    ("naik", N_("naik, where more is better, or turun; may be left out")),
    ("wajib", N_("wajib, where each value reached needs evidence, or tidak; may be left out")),
)
_TRAININGS = (
    ("2027", N_("year")),
    ("AD-27", N_("code, unique in the year")),
    ("Analisis Data untuk Pelayanan Publik", N_("name of the training")),
    ("KUALITAS;KO", N_("topics, separated by a semicolon: aspects, values (BP to KB) or PENGEMBANGAN")),
    ("32", N_("hours (JP)")),
    ("20", N_("seats")),
    ("09-02-2027", N_("first day")),
    ("12-02-2027", N_("last day")),
    ("Laboratorium Komputer BKPSDM", N_("place; may be empty")),
    ("klasikal", N_("klasikal, di_tempat_kerja, e_learning or tugas_belajar; may be left out, as all that follow")),
    ("1500000", N_("price of a seat in whole rupiah; 0 where it costs nothing")),
    ("BKPSDM", N_("provider")),
    ("PNS;PPPK", N_("for whom: PNS, PPPK, or semua for everybody")),
    ("Fungsional;Pelaksana", N_("kinds of position: Struktural, Fungsional, Pelaksana, or semua")),
    ("III/a;IX", N_("lowest golongan of PNS, of PPPK, or of both; semua for any")),
)
_HOLIDAYS = (
    ("10-03-2027", N_("the day, dd-mm-yyyy")),
    ("Hari Raya Idul Fitri", N_("name of the day")),
    ("libur_nasional", N_("libur_nasional, cuti_bersama, or hari_kerja for a day that is worked after all")),
    ("SKB 3 Menteri", N_("the decree that says so")),
)
_SCHEDULES = (
    ("DINKES", N_("code of the unit in the personnel system")),
    ("6", N_("working days of the week: 5 (to Friday) or 6 (to Saturday)")),
    ("WIB", N_("WIB, WITA or WIT; empty for the zone of the agency")),
)
_ASSESSMENTS = (
    ("197202261998041006", N_("NIP of 18 digits, as text")),
    ("03-02-2027", N_("the day of the assessment, dd-mm-yyyy")),
    ("84,5", N_("score of the potential, 0 to 100")),
    ("Assessment Center Provinsi", N_("who assessed, or how")),
)
_ATTENDANCE = (
    ("197202261998041006", N_("NIP of 18 digits, as text")),
    ("2027", N_("year of the course")),
    ("AD-27", N_("code of the course in the catalogue")),
    ("ya", N_("ya, or tidak for whoever was not there")),
    ("SR/012/BKPSDM/2027", N_("number of the certificate; may be empty, or left out")),
)


def _columns(names: tuple[str, ...], about: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return tuple((name, example, meaning) for name, (example, meaning) in zip(names, about, strict=True))


COLUMNS: dict[str, tuple[Column, ...]] = {
    "people": _columns((*PEOPLE_COLUMNS, *PEOPLE_EXTRAS), _PEOPLE),
    "indicators": _columns((*INDICATOR_COLUMNS, *INDICATOR_EXTRAS), _INDICATORS),
    "trainings": _columns((*TRAINING_COLUMNS, *TRAINING_EXTRAS), _TRAININGS),
    "holidays": _columns(HOLIDAY_COLUMNS, _HOLIDAYS),
    "schedules": _columns(SCHEDULE_COLUMNS, _SCHEDULES),
    "assessments": _columns(ASSESSMENT_COLUMNS, _ASSESSMENTS),
    "attendance": _columns((*ATTENDANCE_COLUMNS, *ATTENDANCE_EXTRAS), _ATTENDANCE),
}
