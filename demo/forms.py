"""What simulated people write. Every text is invented; numbers follow from the place in the list, so that runs are alike."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from demo.office import Somebody

PATHS = {
    "targets": "targets",
    "approval": "approval",
    "return": "approval",
    "self_assessment": "self-assessment",
    "review": "review",
    "endorsement": "endorsement",
    "sending_back": "endorsement",
    "acknowledgement": "acknowledgement",
    "objecting": "objection",
    "hearing": "objection/account",
    "objection": "objection/decision",
}
SEND_BACK_REASON = "Alasan perilaku belum menyebut contoh dari tahun berjalan."
RETURN_REASON = "Target kedua belum terukur: sebutkan satuan dan batas waktunya."
OBJECTS, WITH_EVIDENCE, WITHOUT = 12, 1, 4
"""Of so many people in a row one objects and shows why, and one objects without."""
BETTER = {"DI_BAWAH": "SESUAI", "SESUAI": "DI_ATAS"}
OBJECTION_REASON = "Bukti dukung target pertama belum dilihat."
WEIGHTS = (40, 35, 25)
ASPECTS = ("KUANTITAS", "KUALITAS", "WAKTU")
WAITING = {"kind": "waiting_upstream", "ref": "", "name": ""}
WORK = (
    ("Menyusun laporan bulanan capaian", "Jumlah laporan tepat waktu", 12, "laporan"),
    ("Menindaklanjuti temuan lapangan", "Persentase temuan selesai", 90, "persen"),
    ("Menyelesaikan layanan sesuai standar", "Layanan selesai sesuai standar", 240, "layanan"),
)


def now() -> str:
    """The present instant as the API writes it, for comparing."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


async def fill(step: str, case: dict[str, Any], who: Somebody, place: int) -> dict[str, Any]:
    """The form of this step, filled in."""
    if step == "targets":
        path = f"appraisals/{case['cycle']}/{case['parties']['employee']}"
        supports = ties(await who.get(f"{path}/supports"), place)
        return {"targets": [target(n, supports) for n in range(len(WORK))]}
    if step == "approval":
        return {"decision": "approve", "reason": "Sesuai dengan perjanjian kinerja unit."}
    if step == "self_assessment":
        return self_assessment(case, place)
    if step == "review":
        return review(case)
    if step == "endorsement":
        return {"decision": "endorse", "reason": ""}
    if step == "objecting":
        evidence = [f"https://bukti.lampungutara.example/{who.id}/9"] if place % OBJECTS == WITH_EVIDENCE else []
        return {"results": True, "behaviour": False, "targets": [1], "reason": OBJECTION_REASON, "evidence": evidence}
    if step == "hearing":
        return {"text": "Dinilai dari laporan bulanan dan bukti dukung yang masuk sampai akhir tahun."}
    if step == "objection":
        return ruling(case)
    return {"comment": "Sudah saya baca. Terima kasih."}


def ruling(case: dict[str, Any]) -> dict[str, Any]:
    """Granted where there is evidence that was not seen, and the results can still be better; else the rating stands."""
    objection = case["objection"]
    if objection["complaint"]["evidence"] and objection["results"] in BETTER:
        reason = "Bukti dukung yang baru dilihat menunjukkan hasil kerja yang lebih tinggi."
        return {"decision": "change", "results": BETTER[objection["results"]], "reason": reason}
    return {"decision": "uphold", "reason": "Penilaian sudah sesuai dengan keterangan kedua pihak."}


def ties(supports: dict[str, Any], place: int) -> list[dict[str, Any]]:
    """What the targets are tied to: those of the superior first, then indicators. Without any some wait for the superior."""
    indicators = [one for found in supports["indicators"].values() for one in found]
    if supports["superior"]:
        return [*supports["superior"][:2], *indicators[:1]]
    return [*indicators[:2], WAITING] if place % 3 == 0 or not indicators else indicators


def target(number: int, supports: list[dict[str, Any]]) -> dict[str, Any]:
    """The target with this number, tied to one of these."""
    title, indicator, value, measure = WORK[number]
    return {
        "title": title,
        "aspect": ASPECTS[number],
        "indicator": indicator,
        "value": str(value),
        "unit_of_measure": measure,
        "weight": WEIGHTS[number],
        "support": supports[number % len(supports)],
    }


def _share(place: int) -> Decimal:
    """How much of a target somebody reaches: from 70 % to 115 %."""
    return Decimal(70 + place * 7 % 46) / 100


def self_assessment(case: dict[str, Any], place: int) -> dict[str, Any]:
    """An account of every target of the case's plan."""
    realisations = _realisations(case["plan"], case["parties"]["employee"], place, Decimal(1))
    return {"realisations": realisations, "reflection": "Kerja sama lintas bidang paling banyak membantu tahun ini."}


def fill_period(stage: str, found: dict[str, Any], place: int) -> dict[str, Any]:
    """The report of a period, half of the year's work each, or its rating."""
    one, plan = found["evaluation"], found["plan"]
    if stage == "report":
        share = Decimal(one["dates"]["number"]) / 2
        realisations = _realisations(plan, one["parties"]["employee"], place, share)
        return {"actions": ["Dibagi rata per bulan."] * len(plan["targets"]), "realisations": realisations}
    above = len(one["realisations"]) and place % 4 == 0
    return {
        "results": "DI_ATAS" if above else "SESUAI",
        "results_reason": "Sesuai laporan periode dan bukti dukungnya.",
        "behaviour": "SESUAI",
        "behaviour_reason": "Berdasarkan umpan balik sepanjang periode.",
        "comments": ["Pertahankan ritmenya."],
    }


def _realisations(plan: dict[str, Any], employee: str, place: int, share: Decimal) -> list[dict[str, Any]]:
    """What was reached of each target, as this share of the year."""
    return [
        {
            "target": number,
            "value": str((Decimal(target["value"]) * _share(place + number) * share).quantize(Decimal(1))),
            "text": "Dikerjakan bersama tim dan dicatat setiap bulan.",
            "evidence": [f"https://bukti.lampungutara.example/{employee}/{number}"],
        }
        for number, target in enumerate(plan["targets"], start=1)
    ]


def review(case: dict[str, Any]) -> dict[str, Any]:
    """Ratings that follow from what was reached."""
    account = case["self_assessment"]
    reached = [_reached(case, row) for row in account["realisations"]] if account else []
    least, most = (min(reached), max(reached)) if reached else (Decimal(1), Decimal(1))
    results = "DI_ATAS" if least >= 1 and most > Decimal("1.05") else "DI_BAWAH" if most < Decimal("0.9") else "SESUAI"
    behaviour = ("SESUAI", "DI_ATAS", "SESUAI")[int(case["parties"]["employee"][-1], 16) % 3]
    return {
        "results": results,
        "results_reason": "Dibandingkan dengan target dan bukti dukung yang disampaikan.",
        "behaviour": behaviour,
        "behaviour_reason": "Berdasarkan umpan balik selama tahun berjalan.",
        "comments": ["Sesuai catatan bulanan."],
    }


def _reached(case: dict[str, Any], realisation: dict[str, Any]) -> Decimal:
    target = case["plan"]["targets"][realisation["target"] - 1]
    return Decimal(realisation["value"]) / Decimal(target["value"])
