"""A body to begin with for every operation that takes JSON. Tests send them: each has the right shape."""

from typing import Any

from adapters.policy_files import shipped
from appraisal.career.policy import CareerPolicy

CASE = "appraisals/{cycle}/{employee}"
CALIBRATION = "calibrations/{cycle}/{unit}"
NOMINATION = "nominations/{cycle}"
SEAT = "enrolments/{cycle}/{employee}"
VOICES = "voices/{cycle}/{employee}"
HELD: dict[str, Any] = {"reason": "Banjir."}
RELEASED: dict[str, Any] = {"reason": "Surut."}
SUPPORT = {"kind": "unit_indicator", "ref": "i1", "name": "Cakupan imunisasi"}
PLAN: dict[str, Any] = {
    "targets": [
        {
            "title": f"Hasil {number}",
            "aspect": "KUANTITAS",
            "indicator": "Jumlah laporan",
            "value": "12",
            "unit_of_measure": "laporan",
            "weight": weight,
            "support": SUPPORT,
        }
        for number, weight in enumerate((40, 30, 30), start=1)
    ]
}
REALISATIONS = [
    {"target": number, "value": "11.5", "text": "Tercapai.", "evidence": ["https://bukti.example/1"]}
    for number in (1, 2, 3)
]
ACCOUNT: dict[str, Any] = {"realisations": REALISATIONS, "reflection": "Tahun yang padat."}
REVIEW: dict[str, Any] = {
    "results": "SESUAI",
    "results_reason": "Sesuai target.",
    "behaviour": "SESUAI",
    "behaviour_reason": "Konsisten.",
    "comments": ["Baik.", "", ""],
}
ACTIONS = ["Rapat."] * 3
GONE: dict[str, Any] = {"people": ["gita"], "cause": "on_leave", "own_cases": "go_on", "effective_on": "2090-01-02"}
GONE |= {"reason": "Cuti."}
OF_CASES: dict[str, Any] = {
    f"POST {CASE}/targets": PLAN,
    f"POST {CASE}/approval": {"decision": "approve"},
    f"POST {CASE}/self-assessment": ACCOUNT,
    f"POST {CASE}/review": REVIEW,
    f"POST {CASE}/endorsement": {"decision": "endorse"},
    f"POST {CASE}/acknowledgement": {"comment": "Terima kasih."},
    f"POST {CASE}/acknowledgement/refusal": {"words": "Tidak sesuai bukti."},
    f"POST {CASE}/objection": {"results": True, "behaviour": False, "reason": "Tidak sesuai bukti."},
    f"POST {CASE}/objection/withdrawal": {"reason": "Sudah jelas."},
    f"POST {CASE}/objection/account": {"text": "Dari laporan bulanan."},
    f"POST {CASE}/objection/decision": {"decision": "uphold", "reason": "Sudah tepat."},
    f"POST {CASE}/objection/decider": {"person": "eko", "reason": "Atasan berhalangan."},
    f"PUT {CASE}/drafts/{{form}}": {"targets": []},
    f"POST {CASE}/remedy": {"kind": "nudge"},
    f"POST {CASE}/parts": {"since": "2026-01-01", "text": "Rajin."},
    f"POST {CASE}/periods/{{number}}/actions": {"actions": ACTIONS},
    f"POST {CASE}/periods/{{number}}/report": {"actions": ACTIONS, "realisations": REALISATIONS},
    f"POST {CASE}/periods/{{number}}/rating": REVIEW,
    f"POST {CASE}/feedback": {"about": "target/1", "text": "Rapi."},
    f"POST {CASE}/reopening": {"step": "targets", "reason": "Keliru ditutup."},
    f"POST {VOICES}/proposals": {"people": ["eko"]},
    f"POST {VOICES}/invitations": {"people": ["eko"], "reason": "Satu tim."},
    f"POST {VOICES}/answer": {"ratings": {"BP": 3}},
}
OF_UNITS: dict[str, Any] = {
    f"POST {CALIBRATION}/unit-result": {"result": "BAIK", "reason": "Sesuai LKjIP."},
    f"POST {CALIBRATION}/decision": {"members": ["ani"]},
    f"POST {CALIBRATION}/hold": HELD,
    f"POST {CALIBRATION}/release": RELEASED,
    f"POST {CALIBRATION}/undo": {"reason": "Salah baca."},
    f"POST {CALIBRATION}/board": {"revision": 0},
    f"PUT {CALIBRATION}/ballot": {"votes": []},
    "PUT schedules/{unit}": {"week": 6, "zone": "WITA"},
    "POST units/{unit}/indicators/{indicator}/actuals": {"quarter": 1, "value": "90", "remark": "Lengkap."},
}
OF_TRAININGS: dict[str, Any] = {
    f"POST {NOMINATION}/hold": HELD,
    f"POST {NOMINATION}/release": RELEASED,
    f"POST {NOMINATION}/basis": {"basis": "rule"},
    f"POST {NOMINATION}/words": {"words": []},
    f"POST {NOMINATION}/decisions": {"decisions": []},
    "PUT catalogue/{year}/limits": {"budget": "0", "quotas": {"dinkes": 0}, "reason": "Efisiensi."},
    "PUT courses/{course}/terms": {"seats": 4, "price": "750000", "reason": "Kelas paralel."},
    "POST courses/{course}/withdrawal": {"reason": "Penyelenggara batal."},
    "POST courses/{course}/return": {"reason": "Jadi juga."},
    "POST enrolments/attendances": {"attendances": [{"cycle": "c", "employee": "ani", "attended": True}]},
    f"POST {SEAT}/refusal": {"reason": "Ditugaskan."},
    f"POST {SEAT}/withdrawal": {"reason": "Salah orang."},
    f"POST {SEAT}/attendance": {"attended": True},
    f"POST {SEAT}/certificate": {"number": "SR/1"},
    f"POST {SEAT}/hours": {"hours": 16, "reason": "Dua hari."},
    f"POST {SEAT}/look-back": {"helped": "yes"},
    "POST development/{employee}/{year}/changes": {"deed": "agreed", "seen": "0-0"},
}
OF_CYCLES: dict[str, Any] = {
    "POST cycles": {"year": 2026, "name": "Lagi", "policy": "open", "people": ["gita"]},
    "POST cycles/{cycle}/participants": {"people": ["gita"], "reason": "Baru diangkat."},
    "POST cycles/{cycle}/dates": {"policy": "open", "reason": "Surat edaran Bupati."},
    "POST cycles/{cycle}/closing/signature": {"digest": "0" * 64},
    "POST cycles/{cycle}/siasn": {"which": "all"},
    "POST cycles/{cycle}/standstills": {"reason": "Banjir.", "unit": "nowhere"},
    "POST cycles/{cycle}/standstills/{order}/release": RELEASED,
    "POST cycles/{cycle}/rules/confirmation": {"rules": "open/1"},
    "POST cycles/{cycle}/rules/questions": {"text": "Apa arti bobot?"},
    "POST cycles/{cycle}/rules/questions/{question}/answers": {"text": "Bagian dari seratus."},
    "POST remedies": {"cases": ["appraisal/c/ani"], "remedy": {"kind": "nudge"}},
    "POST policies/{name}/preview": {"document": shipped("open")},
    "PUT policies/{name}": {"document": shipped("open"), "based_on": 1, "reason": "Uji coba."},
}
OF_PEOPLE: dict[str, Any] = {
    "POST appointments": {
        "kind": "DELEGATE",
        "represented": "gita",
        "person": "eko",
        "ends_at": "2090-01-01T00:00:00Z",
    },
    "PUT officers/{officer}": {"unit": "dinsos"},
    "POST superiors": {"people": ["gita"], "superior": "dewi", "reason": "Mutasi."},
    "POST superiors/preview": {"people": ["gita"], "superior": "dewi"},
    "POST departures": GONE,
    "POST departures/preview": GONE,
    "POST departures/{order}/return": {"people": ["gita"], "reason": "Kembali."},
    "POST data-requests": {
        "kind": "correction",
        "area": "identity",
        "words": "Nama salah eja.",
        "should_be": "Sesuai akta kelahiran.",
    },
    "POST data-requests/{request}/decision": {
        "decision": "refused",
        "reason": "Sudah benar.",
        "ground": "Akta kelahiran.",
    },
    "POST superior-reports": {"words": "Saya pindah bidang."},
    "POST superior-reports/{report}/decision": {"decision": "decline", "reason": "Sudah benar."},
    "POST career/decisions": {"decisions": []},
    "PUT career/rules": {"rules": CareerPolicy().document(), "based_on": 7, "reason": "SK Bupati."},
    "POST career/people/{person}/entries": {"what": "event", "reason": "Upacara 17 Agustus."},
}
OF_PROGRAMS: dict[str, Any] = {
    "POST tokens": {"login": "bkpsdm", "password": "kata sandi yang panjang", "name": "laporan malam"},
    "POST keys": {"name": "Gaji", "scopes": ["read"], "days": 30},
    "POST payloads/decode": {"payloads": []},
    "POST webhooks": {"url": "https://presensi.example/jenjang"},
    "POST webhooks/{hook}/secret": {"at_once": False},
    "POST imports/{batch}/application": {"ends_missing": False, "expected_revision": 1},
    "POST board/repairs": {"cases": ["appraisal/c/ani"]},
    "POST support/look": {"reason": "Tiket 4711"},
}
EXAMPLES = OF_CASES | OF_UNITS | OF_TRAININGS | OF_CYCLES | OF_PEOPLE | OF_PROGRAMS
"""By method and path below /api/v1."""
