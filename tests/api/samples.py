"""What is sent to each endpoint when only the answer's status matters: bodies that are right, and ids for the addresses."""

from typing import Any

from adapters.policy_files import shipped
from appraisal.career_policy import CareerPolicy
from tests.api.scene import ACCOUNT, REVIEW
from tests.api.test_appraisal_api import PLAN

CASE = "appraisals/{cycle}/{employee}"
ASK = "POST cycles/{cycle}/rules/questions"
GONE = {"people": ["gita"], "cause": "on_leave", "own_cases": "go_on", "effective_on": "2090-01-02", "reason": "Cuti."}
BODIES: dict[str, Any] = {
    f"POST {CASE}/targets": {"json": PLAN},
    f"POST {CASE}/approval": {"json": {"decision": "approve"}},
    f"POST {CASE}/self-assessment": {"json": ACCOUNT},
    f"POST {CASE}/review": {"json": REVIEW},
    f"POST {CASE}/endorsement": {"json": {"decision": "endorse"}},
    f"POST {CASE}/acknowledgement": {"json": {"comment": "Terima kasih."}},
    f"POST {CASE}/acknowledgement/refusal": {"json": {"words": "Tidak sesuai bukti."}},
    f"POST {CASE}/objection": {"json": {"results": True, "behaviour": False, "reason": "Tidak sesuai bukti."}},
    f"POST {CASE}/objection/withdrawal": {"json": {}},
    f"POST {CASE}/objection/account": {"json": {"text": "Dari laporan bulanan."}},
    f"POST {CASE}/objection/decision": {"json": {"decision": "uphold", "reason": "Sudah tepat."}},
    f"POST {CASE}/objection/decider": {"json": {"person": "eko", "reason": "Atasan berhalangan."}},
    f"PUT {CASE}/drafts/{{form}}": {"json": {"targets": []}},
    "POST calibrations/{cycle}/{unit}/unit-result": {"json": {"result": "BAIK", "reason": "Sesuai LKjIP."}},
    "POST calibrations/{cycle}/{unit}/decision": {"json": {"members": ["ani"]}},
    "POST calibrations/{cycle}/{unit}/hold": {"json": {"reason": "Banjir."}},
    "POST calibrations/{cycle}/{unit}/release": {"json": {"reason": "Surut."}},
    "POST calibrations/{cycle}/{unit}/undo": {"json": {"reason": "Salah baca."}},
    "POST calibrations/{cycle}/{unit}/board": {"json": {"revision": 0}},
    "PUT calibrations/{cycle}/{unit}/ballot": {"json": {"votes": []}},
    "POST nominations/{cycle}/hold": {"json": {"reason": "Banjir."}},
    "POST nominations/{cycle}/release": {"json": {"reason": "Surut."}},
    "POST nominations/{cycle}/basis": {"json": {"basis": "rule"}},
    "POST nominations/{cycle}/words": {"json": {"words": []}},
    "POST nominations/{cycle}/decisions": {"json": {"decisions": []}},
    f"POST {CASE}/remedy": {"json": {"kind": "nudge"}},
    f"POST {CASE}/parts": {"json": {"since": "2026-01-01", "text": "Rajin."}},
    f"POST {CASE}/periods/{{number}}/actions": {"json": {"actions": ["Rapat."] * 3}},
    f"POST {CASE}/periods/{{number}}/report": {
        "json": {"actions": ["Rapat."] * 3, "realisations": ACCOUNT["realisations"]}
    },
    f"POST {CASE}/periods/{{number}}/rating": {"json": REVIEW},
    f"POST {CASE}/feedback": {"json": {"about": "target/1", "text": "Rapi."}},
    f"POST {CASE}/reopening": {"json": {"step": "targets", "reason": "Keliru ditutup."}},
    "POST remedies": {"json": {"cases": [], "remedy": {"kind": "nudge"}}},
    "POST cycles/{cycle}/standstills": {"json": {"reason": "Banjir.", "unit": "nowhere"}},
    "POST cycles/{cycle}/standstills/{order}/release": {"json": {"reason": "Surut."}},
    "POST cycles": {"json": {"year": 2026, "name": "Lagi", "policy": "open", "people": ["gita"]}},
    "POST cycles/{cycle}/participants": {"json": {"people": ["gita"], "reason": "Baru diangkat."}},
    "POST cycles/{cycle}/dates": {"json": {"policy": "open", "reason": "Surat edaran Bupati."}},
    "POST cycles/{cycle}/closing/signature": {"json": {"digest": "0" * 64}},
    "POST cycles/{cycle}/siasn": {"json": {"which": "all"}},
    "GET audit/export": {"params": {"since": "2026-01-01", "until": "2026-01-31"}},
    "GET cycles/{cycle}/dates/preview": {"params": {"policy": "open"}},
    "POST policies/{name}/preview": {"json": {"document": shipped("open")}},
    "PUT policies/{name}": {"json": {"document": shipped("open"), "based_on": 1, "reason": "Uji coba."}},
    "POST payloads/decode": {"json": {"payloads": []}},
    "POST webhooks": {"json": {"url": "http://127.0.0.1/"}},
    "PUT catalogue/{year}/limits": {"json": {"budget": "0", "quotas": {"dinkes": 0}, "reason": "Efisiensi."}},
    "PUT courses/{course}/terms": {"json": {"seats": 4, "price": "750000", "reason": "Kelas paralel."}},
    "POST courses/{course}/withdrawal": {"json": {"reason": "Penyelenggara batal."}},
    "POST courses/{course}/return": {"json": {"reason": "Jadi juga."}},
    "PUT schedules/{unit}": {"json": {"week": 6, "zone": "WITA"}},
    "POST appointments": {
        "json": {"kind": "DELEGATE", "represented": "gita", "person": "eko", "ends_at": "2090-01-01T00:00:00Z"}
    },
    "PUT officers/{officer}": {"json": {"unit": "dinsos"}},
    "POST superiors": {"json": {"people": ["gita"], "superior": "dewi", "reason": "Mutasi."}},
    "POST superiors/preview": {"json": {"people": ["gita"], "superior": "dewi"}},
    "POST departures": {"json": GONE},
    "POST departures/preview": {"json": GONE},
    "POST departures/{order}/return": {"json": {"people": ["gita"], "reason": "Kembali."}},
    "POST cycles/{cycle}/rules/confirmation": {"json": {"rules": "open/1"}},
    **{order: {"json": {"text": "Apa arti bobot?"}} for order in (ASK, f"{ASK}/{{question}}/answers")},
    "POST voices/{cycle}/{employee}/proposals": {"json": {"people": ["eko"]}},
    "POST voices/{cycle}/{employee}/invitations": {"json": {"people": ["eko"], "reason": "Satu tim."}},
    "POST voices/{cycle}/{employee}/answer": {"json": {"ratings": {"BP": 3}}},
    "POST enrolments/attendances": {"json": {"attendances": [{"cycle": "c", "employee": "ani", "attended": True}]}},
    "POST enrolments/{cycle}/{employee}/refusal": {"json": {"reason": "Ditugaskan."}},
    "POST enrolments/{cycle}/{employee}/withdrawal": {"json": {"reason": " "}},
    "POST enrolments/{cycle}/{employee}/attendance": {"json": {"attended": True}},
    "POST enrolments/{cycle}/{employee}/certificate": {"json": {"number": "SR/1"}},
    "POST enrolments/{cycle}/{employee}/hours": {"json": {"hours": 16, "reason": "Dua hari."}},
    "POST enrolments/{cycle}/{employee}/look-back": {"json": {"helped": "yes"}},
    "POST superior-reports": {"json": {"words": "Saya pindah bidang."}},
    "POST superior-reports/{report}/decision": {"json": {"decision": "decline", "reason": "Sudah benar."}},
    "POST imports": {"files": {"file": ("a.csv", b"a,b")}},
    "POST imports/{batch}/application": {"json": {}},
    "POST board/repairs": {"json": {"cases": ["appraisal/nobody/nobody"]}},
    "POST tokens": {"json": {"link": "no-such-link"}},
    "POST keys": {"json": {"name": "Gaji", "scopes": ["read"], "days": 30}},
    "GET career/proposals": {"params": {"kind": "box"}},
    "POST career/decisions": {"json": {"decisions": []}},
    "PUT career/rules": {"json": {"rules": CareerPolicy().document(), "based_on": 7, "reason": "SK Bupati."}},
    "POST career/people/{person}/entries": {"json": {"what": "event", "reason": "Upacara 17 Agustus."}},
    "POST development/{employee}/{year}/changes": {"json": {"deed": "agreed", "seen": "0-0"}},
    "GET units/{unit}/indicators": {"params": {"year": "2026"}},
    "GET units/{unit}/performance": {"params": {"year": "2026"}},
    "POST units/{unit}/indicators/{indicator}/actuals": {"json": {"quarter": 1, "value": "90", "remark": "Lengkap."}},
}
PLACES = {"employee": "ani", "unit": "dinkes", "command": "c", "form": "targets", "person": "gita", "year": "2026"}
PLACES |= {"kind": "skp", "name": "open", "officer": "gita", "indicator": "i1", "number": "1", "period": "0"}
PLACES |= {"course": "t2"}
PLACES |= dict.fromkeys(
    ("hook", "batch", "order", "appointment", "report", "question", "key", "sign_in", "identity"), "0" * 12
)
