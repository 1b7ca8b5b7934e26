"""What leaves Jenjang on paper: which documents there are, when one can be issued, and how a holder recognises it.

The forms: PermenPANRB 6/2022 with its annexes (SKP, evaluation, D.1.1), SE MenPANRB 3/2023 (predicates of a unit).
Rules: forms, unit_form.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from appraisal.case import Case
from appraisal.errors import NotIssuedYet
from appraisal.privacy.disclosure import STILL_CHANGING
from appraisal.vocabulary import Outcome, Step


class PaperKind(StrEnum):
    """The documents that Jenjang issues: three of a case, one of a unit, of a seat in a training, and of a year's credit."""

    SKP = "skp"
    EVALUATION = "evaluation"
    RESULT = "result"
    DISTRIBUTION = "distribution"
    SUMMONS = "summons"
    CREDIT = "credit"


OF_A_CASE = (PaperKind.SKP, PaperKind.EVALUATION, PaperKind.RESULT)
SERIES: dict[PaperKind, str] = {
    PaperKind.SKP: "SKP",
    PaperKind.EVALUATION: "EK",
    PaperKind.RESULT: "DEK",
    PaperKind.DISTRIBUTION: "PPK",
    PaperKind.SUMMONS: "SPP",
    PaperKind.CREDIT: "PAK",
}
"""How the number of each kind begins: Sasaran, Evaluasi, Dokumen Evaluasi and Penetapan Predikat Kinerja, Pemanggilan
Peserta, Penetapan Angka Kredit."""
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""What codes are made of: nothing that is taken for something else in print (Crockford's base 32)."""
CODE, GROUP = 20, 5
"""Letters of a code (100 bits), and of each group in print."""
ADDED = ("objection", "objected", "refused")
"""What forms have got since the first was printed: where it is empty, what is on paper already is still the same document."""
ALIKE = str.maketrans("oil", "011")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to a case, as its record tells it. `on_behalf_of` is the official in whose place it was done."""

    kind: str
    actor: str
    on_behalf_of: str | None
    at: datetime
    reason: str = ""


def last(acts: tuple[Act, ...], kind: str) -> Act | None:
    """The last act of this kind: the one that counts."""
    return next((act for act in reversed(acts) if act.kind == kind), None)


class Hindrance(StrEnum):
    """Why a document would be a draft."""

    NOT_AGREED = "not_agreed"
    STILL_CHANGING = "still_changing"
    UNRATED = "unrated"
    NOBODY_CALIBRATED = "nobody_calibrated"


TOLD: dict[Hindrance, tuple[str, str]] = {
    Hindrance.NOT_AGREED: (
        "The targets are not agreed: an SKP is one once the supervisor has approved it.",
        "Come back after the approval.",
    ),
    Hindrance.STILL_CHANGING: (
        "There are no ratings yet that hold: they may change until the unit is calibrated.",
        "Come back after the calibration.",
    ),
    Hindrance.UNRATED: ("This case was closed without a rating.", "Ask HR why it was closed."),
    Hindrance.NOBODY_CALIBRATED: (
        "Nobody of this unit has been calibrated yet.",
        "Come back after the head of the unit has decided.",
    ),
}


def hindrance(kind: PaperKind, case: Case, acts: tuple[Act, ...]) -> Hindrance | None:
    """What keeps this document of the case from being issued now; None where it says what holds."""
    if kind is PaperKind.SKP:
        handed_in, approved = last(acts, "submit_targets"), last(acts, "approve_targets")
        agreed = case.plan and handed_in and approved and approved.at >= handed_in.at
        return None if agreed and case.step not in (Step.TARGETS, Step.APPROVAL) else Hindrance.NOT_AGREED
    if case.step in STILL_CHANGING:
        return Hindrance.STILL_CHANGING
    rated = case.predicate is not None and case.outcome is not Outcome.UNRATED
    return None if rated else Hindrance.UNRATED


def demand(hindered: Hindrance | None) -> None:
    """Nothing where nothing hinders; NotIssuedYet with the reason otherwise."""
    if hindered:
        what, remedy = TOLD[hindered]
        raise NotIssuedYet(what, "kind", remedy)


def digest(content: Any) -> str:
    """SHA-256 over all that a document says, as canonical JSON: another word is another document."""
    said = asdict(content, dict_factory=_said)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if value or name not in ADDED}


def numbered(kind: PaperKind, year: int, number: int) -> str:
    """'SKP/2026/00012': the same for all versions of a document."""
    return f"{SERIES[kind]}/{year}/{number:05d}"


def initials(name: str) -> str:
    """'A. C.' of 'Ani Contoh, S.Kep., M.M.': enough to compare with a paper in hand, too little to learn who it is about."""
    words = re.findall(r"\w+", name.partition(",")[0])
    return " ".join(f"{word[0].upper()}." for word in words[:8])


def grouped(code: str) -> str:
    """'k3m9x-...': the code as people read and type it."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def code_of(typed: str) -> str | None:
    """The code that somebody typed, in capitals or not, grouped or not; None for what is none."""
    code = re.sub(r"[\s-]", "", typed).lower().translate(ALIKE)
    return code if len(code) == CODE and all(letter in LETTERS for letter in code) else None
