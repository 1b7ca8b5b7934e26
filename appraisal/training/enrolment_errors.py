"""What is refused about a seat in a training: answering it, recording it, looking back on it."""

from appraisal.errors import AppraisalError


class SeatAnswered(AppraisalError):
    """A seat is accepted or declined once."""


class SeatGone(AppraisalError):
    """A seat that was given back is somebody else's, or nobody's."""


class CourseNotBegun(AppraisalError):
    """Nobody has attended what has not begun."""


class AttendanceRecorded(AppraisalError):
    """Attendance is recorded once; what is wrong in it is corrected with a reason."""


class NotAttended(AppraisalError):
    """Only whoever was there has a certificate, and can say whether it helped."""


class SameHours(AppraisalError):
    """A correction corrects something."""


class LookedBack(AppraisalError):
    """Each says once whether a training helped."""


class NotAskedYet(AppraisalError):
    """Whether a training helped is asked once some time has passed."""
