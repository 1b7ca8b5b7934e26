"""Names that must be the same everywhere: the task queue and the ids of processes."""

TASK_QUEUE = "jenjang"
NOTICES = "notices"
"""The one process that sends notices."""


def cycle_id(cycle: str) -> str:
    return f"cycle/{cycle}"


def appraisal_id(cycle: str, employee: str) -> str:
    return f"appraisal/{cycle}/{employee}"


def period_id(cycle: str, employee: str, number: int) -> str:
    return f"period/{cycle}/{employee}/{number}"


def calibration_id(cycle: str, unit: str) -> str:
    return f"calibration/{cycle}/{unit}"


def nomination_id(cycle: str) -> str:
    return f"nomination/{cycle}"


def appointment_id(appointment: str) -> str:
    return f"appointment/{appointment}"


def superiors_id(order: str) -> str:
    return f"superiors/{order}"


def superior_report_id(person: str, report: str) -> str:
    return f"superior-report/{person}/{report}"


def data_request_id(kind: str, request: str) -> str:
    return f"{kind}/{request}"


def voices_id(cycle: str, employee: str) -> str:
    return f"voices/{cycle}/{employee}"


def departure_id(order: str) -> str:
    return f"departure/{order}"


def bulk_id(order: str) -> str:
    return f"bulk/{order}"


def pushes_id(order: str) -> str:
    return f"siasn/{order}"


def import_id(batch: str) -> str:
    return f"import/{batch}"


def watch_id(task_queue: str) -> str:
    """One for each installation: those that share a namespace differ by their task queues."""
    return "watch" if task_queue == TASK_QUEUE else f"watch/{task_queue}"


def retention_id(task_queue: str) -> str:
    """The same of what lets go what is too old."""
    return "retention" if task_queue == TASK_QUEUE else f"retention/{task_queue}"
