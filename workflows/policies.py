"""Every timeout and retry, named by intent."""

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig, LocalActivityConfig

STORE_AT_ONCE = LocalActivityConfig(
    schedule_to_close_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_attempts=4),
)
"""A record is written within the same workflow task, so that a person waits milliseconds for it."""

STORE_WHEN_POSSIBLE = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=30),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""The database is away: keep trying, for days if need be."""

LOOK_UP = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=30),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""Reading or a small write: keep trying."""

CLOSING_CHECK = timedelta(seconds=2)
"""How often a cycle past its end looks whether its last cases have closed; each has a timer of its own for that."""

READ_IMPORT = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=2),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""A file of 10,000 people is compared in seconds; the database may be away for days."""

APPLY_IMPORT = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=10),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""Applying 10,000 people takes seconds; a second attempt finds the first one's transaction done or undone."""

UNDECIDED_IMPORT_LAPSES = timedelta(days=7)
"""A preview that nobody decides on is not kept: the file holds personal data."""

LOOK_AT_ONCE = LocalActivityConfig(
    schedule_to_close_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_attempts=4),
)
"""A small look at the database within the same workflow task; LOOK_UP where it does not answer."""

PAGE_BY_PAGE = ActivityConfig(
    start_to_close_timeout=timedelta(hours=2),
    heartbeat_timeout=timedelta(seconds=20),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""Thousands of cases start, or hear of a decision, and each page of them is reported; another worker goes on where one died."""

FOLLOW_MANY = ActivityConfig(
    start_to_close_timeout=timedelta(hours=2),
    heartbeat_timeout=timedelta(seconds=60),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""What has changed is looked up first, for everybody at once; whoever hears of it is then reported page by page."""

PROPOSE = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=5),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""Proposals for 10,000 people take seconds; a second attempt makes the same ones."""

SOLVE_WITHIN = timedelta(seconds=30)
"""What the optimiser may take. After that HR is told, and the rule's proposals stand."""

PLANNING_ALIVE_EVERY = timedelta(seconds=3)

PLAN_SEATS = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=90),
    schedule_to_close_timeout=timedelta(minutes=3),
    heartbeat_timeout=timedelta(seconds=15),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_attempts=3),
)
"""Somebody waits for the plans, and other orders behind them: another worker starts anew where one died, but not for ever."""

WATCH_EVERY = timedelta(minutes=5)
"""How often processes and record are compared unless somebody asks; a look at 10,000 cases takes seconds."""

WATCH = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=30),
    heartbeat_timeout=timedelta(seconds=60),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""A look at everything, page by page; a second attempt starts it anew, which is harmless."""

MEND = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=30),
    heartbeat_timeout=timedelta(seconds=60),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""Cases are mended one by one; what a first attempt has mended a second one leaves alone."""

SEND = ActivityConfig(
    start_to_close_timeout=timedelta(minutes=30),
    heartbeat_timeout=timedelta(seconds=90),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""A page of mails or messages, each reported; a receiver that does not answer is given up on before the heartbeat is."""

PUSH = ActivityConfig(
    start_to_close_timeout=timedelta(hours=6),
    heartbeat_timeout=timedelta(seconds=10),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=15)),
)
"""A round of results to SIASN, of 10,000 if need be. What has not arrived is tried in the next one, for days if SIASN is away."""

SWEEP = ActivityConfig(
    start_to_close_timeout=timedelta(hours=2),
    heartbeat_timeout=timedelta(seconds=60),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""What is too old goes page by page; a second attempt finds what is left."""

ARCHIVE = ActivityConfig(
    start_to_close_timeout=timedelta(hours=1),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=10)),
)
"""A cycle of 10,000 cases takes minutes. What a disk refuses is no failure of this: it is tried again the next night."""

URGENT_CHECK = timedelta(minutes=1)
"""How often it is looked, in office hours and while programs listen, whether there is something to send."""

QUIET_CHECK = timedelta(minutes=15)
"""How often at other times: a setting or an address may have changed."""

CLOCKS_AGREE = timedelta(minutes=1)
"""How long after midnight a new day is acted upon: by then it has begun by every machine's clock."""
