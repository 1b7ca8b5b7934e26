"""The words of the field as types: legal terms keep their Indonesian names, the process speaks English (docs/glossary.md)."""

from enum import StrEnum


class Step(StrEnum):
    """Where a case stands. Every open step has a holder, a due instant and an end rule. Rule: phases.

    Only a case whose employee objects meets the hearing (the supervisor's account) and the decision on the objection, and
    only a cycle whose policy has the endorsement meets that.
    """

    TARGETS = "targets"
    APPROVAL = "approval"
    SELF_ASSESSMENT = "self_assessment"
    REVIEW = "review"
    CALIBRATION = "calibration"
    ACKNOWLEDGEMENT = "acknowledgement"
    NOMINATION = "nomination"
    CLOSED = "closed"
    HEARING = "hearing"
    OBJECTION = "objection"
    ENDORSEMENT = "endorsement"


OBJECTION_STEPS = (Step.HEARING, Step.OBJECTION)
OPEN_STEPS = tuple(step for step in Step if step not in (Step.CLOSED, Step.ENDORSEMENT, *OBJECTION_STEPS))
"""The stages of every case, for which a cycle has dates from the beginning."""
WAY = (
    *(Step.TARGETS, Step.APPROVAL, Step.SELF_ASSESSMENT, Step.REVIEW, Step.ENDORSEMENT),
    *(Step.CALIBRATION, Step.ACKNOWLEDGEMENT, *OBJECTION_STEPS, Step.NOMINATION),
)
"""Every open step in the order in which a case meets them."""
STAGES = tuple(step for step in WAY if step not in OBJECTION_STEPS)
"""What a policy gives dates for, in this order: the stages of every case, and the endorsement where it has it."""
OF_SECOND_LEVEL = (Step.ENDORSEMENT, Step.OBJECTION)
"""Steps that are the superior's of whoever rated: he looks at the review, or he decides on an objection to it."""


def up_to(step: Step) -> tuple[Step, ...]:
    """The open steps until this one, which is the last of them."""
    return WAY[: WAY.index(step) + 1]


GROUP_STEPS = (Step.CALIBRATION, Step.NOMINATION)
"""Steps that are decided for many cases at once, by a process of their own with alarms of its own."""


class Alarm(StrEnum):
    """What the clock does by itself, the weightier later in this list.

    A step opens, reminds, falls due, escalates and ends; a hold is released; at its closing the cycle ends what is open. Of
    a nomination, heads of units are reminded to speak before HR decides, and are then not waited for any more.
    """

    OPEN = "open"
    REMIND = "remind"
    HEADS_REMIND = "heads_remind"
    HEADS_END = "heads_end"
    DUE = "due"
    ESCALATE = "escalate"
    END = "end"
    RELEASE = "release"
    CLOSE = "close"


class Audience(StrEnum):
    """Whom an escalation calls in: the superior of whoever holds the step, or HR officers of the unit or of the agency."""

    SUPERIOR = "superior"
    UNIT_HR = "unit_hr"
    HR = "hr"


class EndRule(StrEnum):
    """What becomes of a step that nobody finished by its end. Rule: end_rules."""

    GO_ON = "go_on"
    CLOSE_UNRATED = "close_unrated"
    TAKE_OVER = "take_over"
    HAND_TO_HR = "hand_to_hr"
    HOLD = "hold"


FINAL = (EndRule.GO_ON, EndRule.CLOSE_UNRATED)
"""Rules that lead out of the step. After the others it stays open, at the latest until the cycle closes."""


class Exit(StrEnum):
    """The way in which a case left the cycle."""

    COMPLETED = "completed"
    LAPSED = "lapsed"
    UNFINISHED = "unfinished"
    UNRATEABLE = "unrateable"
    CLOSING = "closing"
    UNDECIDED = "undecided"


class Outcome(StrEnum):
    """How a case ended."""

    RATED = "rated"
    UNRATED = "unrated"


class Rating(StrEnum):
    """Rating of results (hasil kerja) or of behaviour (perilaku kerja). Rule: three_ratings."""

    DI_ATAS = "DI_ATAS"
    SESUAI = "SESUAI"
    DI_BAWAH = "DI_BAWAH"


class Predicate(StrEnum):
    """Predikat kinerja pegawai, best first. KURANG is 'Kurang/Misconduct'. Rule: predicate_matrix."""

    SANGAT_BAIK = "SANGAT_BAIK"
    BAIK = "BAIK"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    KURANG = "KURANG"
    SANGAT_KURANG = "SANGAT_KURANG"


class UnitResult(StrEnum):
    """Capaian kinerja organisasi. Rule: unit_result."""

    ISTIMEWA = "ISTIMEWA"
    BAIK = "BAIK"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    KURANG = "KURANG"
    SANGAT_KURANG = "SANGAT_KURANG"


class Aspect(StrEnum):
    """Aspek of a target. Rule: aspects."""

    KUANTITAS = "KUANTITAS"
    KUALITAS = "KUALITAS"
    WAKTU = "WAKTU"
    BIAYA = "BIAYA"


class Behaviour(StrEnum):
    """The seven BerAKHLAK values. Rule: behaviours."""

    BP = "BP"
    AK = "AK"
    KO = "KO"
    HA = "HA"
    LO = "LO"
    AD = "AD"
    KB = "KB"


class Employment(StrEnum):
    """Kind of employment. A PEJABAT_NEGARA (the Bupati) reviews and is not appraised. Rule: employment."""

    PNS = "PNS"
    PPPK = "PPPK"
    PEJABAT_NEGARA = "PEJABAT_NEGARA"


class PositionKind(StrEnum):
    """Jenis jabatan. STRUKTURAL leads the unit it is assigned to. Rule: positions."""

    STRUKTURAL = "STRUKTURAL"
    FUNGSIONAL = "FUNGSIONAL"
    PELAKSANA = "PELAKSANA"


class Level(StrEnum):
    """Jenjang of a functional position, by category from the lowest. Rule: credit_level."""

    PEMULA = "PEMULA"
    TERAMPIL = "TERAMPIL"
    MAHIR = "MAHIR"
    PENYELIA = "PENYELIA"
    AHLI_PERTAMA = "AHLI_PERTAMA"
    AHLI_MUDA = "AHLI_MUDA"
    AHLI_MADYA = "AHLI_MADYA"
    AHLI_UTAMA = "AHLI_UTAMA"


class AssignmentKind(StrEnum):
    """How a person holds a position; Plt and Plh are acting officials. Rule: acting_officials."""

    DEFINITIF = "DEFINITIF"
    PLT = "PLT"
    PLH = "PLH"


class SupportKind(StrEnum):
    """What a target is tied to: an indicator of the unit, or a target of the superior (intervensi). Rule: cascade.

    WAITING_UPSTREAM: to nothing yet, because the superior has no targets. Rule: waiting_upstream.
    """

    UNIT_INDICATOR = "unit_indicator"
    SUPERIOR_TARGET = "superior_target"
    WAITING_UPSTREAM = "waiting_upstream"


class Direction(StrEnum):
    """Which way an indicator shall go: up, where more is better, or down."""

    UP = "naik"
    DOWN = "turun"


class EvidenceNeed(StrEnum):
    """Whether what an indicator has reached must be shown by a document. Rule: unit_evidence."""

    REQUIRED = "wajib"
    OPTIONAL = "tidak"
