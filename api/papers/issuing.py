"""From the record to a paper: what it says, its number and code, and the PDF."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from adapters.database.desk.accounts import Visitor
from adapters.database.desk.papers import Draft, Issued
from adapters.database.reads import credit_facts, paper_facts, summons_facts
from adapters.paper_form import Form, Seal, form_as_pdf
from api.pages.words import Words
from api.papers import credit, distribution, evaluation, result, skp, summons
from api.services import Services
from appraisal.errors import NotIssuedYet
from appraisal.papers import contents as paper_contents
from appraisal.papers.contents import Setting
from appraisal.papers.papers import PaperKind, digest, grouped, initials
from workflows.identity import appraisal_id

NOTE = (
    "Dibuat dari catatan Jenjang. Tanda tangan di atas adalah keputusan sebagaimana tercatat dalam sistem, "
    "bukan tanda tangan elektronik tersertifikasi. Bandingkan nomor dan inisial dengan halaman verifikasi."
)
OF_CASE: dict[PaperKind, tuple[Callable[..., Any], Callable[..., Form]]] = {
    PaperKind.SKP: (paper_contents.skp, skp.form),
    PaperKind.EVALUATION: (paper_contents.evaluation, evaluation.form),
    PaperKind.RESULT: (paper_contents.result, result.form),
}
"""What each document of a case says, chosen from its record, and how that stands on its form."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document is of: its kind, the cycle (of a credit the year), and the employee or the unit."""

    kind: PaperKind
    cycle: str
    about: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document says now, as facts and as a form."""

    setting: Setting
    digest: str
    initials: str
    unit: str
    form: Form


async def contents(jenjang: Services, subject: Subject) -> Contents:
    """The document as the record has it now; NotIssuedYet while it would be a draft. Rights are the caller's business."""
    zone = ZoneInfo(jenjang.settings.zone)
    words = Words("id", zone)
    if subject.kind is PaperKind.DISTRIBUTION:
        async with jenjang.reading() as session:
            found = await paper_facts.of_unit(session, subject.cycle, subject.about, zone)
        return Contents(found.setting, digest(found), "", found.unit, distribution.form(words, found))
    if subject.kind is PaperKind.SUMMONS:
        async with jenjang.reading() as session:
            letter = await summons_facts.of_seat(session, subject.cycle, subject.about, zone)
        who = letter.employee
        return Contents(letter.setting, digest(letter), initials(who.name), who.unit, summons.form(words, letter))
    if subject.kind is PaperKind.CREDIT:
        async with jenjang.reading() as session:
            year = await credit_facts.of_year(session, int(subject.cycle), subject.about, zone)
        who = year.employee
        return Contents(year.setting, digest(year), initials(who.name), who.unit, credit.form(words, year))
    case_id = appraisal_id(subject.cycle, subject.about)
    async with jenjang.reading() as session:
        record = await paper_facts.of_case(session, case_id, subject.kind, zone, jenjang.now())
    return _of_case(words, subject.kind, record)


def _of_case(words: Words, kind: PaperKind, record: paper_facts.CaseOnRecord) -> Contents:
    case, acts, known = record.case, record.acts, record.known
    choose, laid_out = OF_CASE[kind]
    chosen = choose(case, acts, known)
    employee = chosen.employee
    return Contents(known.setting, digest(chosen), initials(employee.name), employee.unit, laid_out(words, chosen))


async def issue(jenjang: Services, visitor: Visitor, subject: Subject) -> tuple[Issued, bytes]:
    """The document and its PDF. Asked again it is the same paper, until the record says something else."""
    found = await contents(jenjang, subject)
    draft = Draft(
        *(subject.kind, subject.cycle, subject.about, found.setting.year, found.digest),
        *(found.initials, found.unit, found.setting.agency),
    )
    issued = await jenjang.papers.issue(draft, jenjang.now(), visitor.id)
    seal = sealed(issued, jenjang.settings.public_url)
    return issued, await asyncio.to_thread(form_as_pdf, found.form, seal, issued.issued_at)


class Standing(StrEnum):
    """Whether a paper still says what holds."""

    NEWEST = "newest"
    CHANGED = "changed"
    SUPERSEDED = "superseded"


async def standing(jenjang: Services, issued: Issued) -> tuple[Standing, Issued]:
    """How this paper stands, with the newest version there is. What was not printed again since shows as changed."""
    newest = await jenjang.papers.newest(issued.kind, issued.cycle_id, issued.about) or issued
    if newest.version != issued.version:
        return Standing.SUPERSEDED, newest
    try:
        now = await contents(jenjang, Subject(issued.kind, issued.cycle_id, issued.about))
    except NotIssuedYet:
        return Standing.CHANGED, newest
    return (Standing.NEWEST if now.digest == issued.digest else Standing.CHANGED), newest


def sealed(issued: Issued, site: str) -> Seal:
    """What makes the paper verifiable."""
    code, who = grouped(issued.code), f" · inisial {issued.initials}" if issued.initials else ""
    number = f"{issued.title} · versi {issued.version}{who}"
    pairs = (
        ("Nomor register Jenjang:", number),
        ("Kode verifikasi:", code),
        ("Verifikasi:", f"pindai kode QR, atau buka {site}/verify dan ketik kode di atas"),
        ("Sidik isi (SHA-256):", spaced(issued.digest)),
    )
    footer = f"{issued.agency} · {issued.title} versi {issued.version} · {code}"
    return Seal(
        f"{site}/verify/{issued.code}", f"Kode QR menuju halaman verifikasi {issued.title}", pairs, NOTE, footer
    )


def spaced(fingerprint: str) -> str:
    """In groups, so that people can compare it and a line can end within."""
    return " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8))
