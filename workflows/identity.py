"""Names that must be the same everywhere: the task queue and the ids of processes."""

TASK_QUEUE = "jenjang"
NOTICES = "notices"
"""The one process that sends notices."""


def cycle_id(cycle: str) -> str:
    return f"cycle/{cycle}"


def appraisal_id(cycle: str, employee: str) -> str:
    return f"appraisal/{cycle}/{employee}"


def calibration_id(cycle: str, unit: str) -> str:
    return f"calibration/{cycle}/{unit}"


def nomination_id(cycle: str) -> str:
    return f"nomination/{cycle}"


def import_id(batch: str) -> str:
    return f"import/{batch}"
