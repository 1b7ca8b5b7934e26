"""Whatever people may ask of a case, and whoever may ask it: what the random histories draw from."""

from datetime import timedelta

from hypothesis import strategies as st

from appraisal import commands
from appraisal.access import ORGANISATION, Actor
from appraisal.commands import Command
from appraisal.endorsement import EndorseReview, ReturnReview
from appraisal.objection import commands as around
from appraisal.objection.objections import Account
from appraisal.vocabulary import Rating, Step
from tests import builders
from tests.builders import EMPLOYEE, HEAD, START, SUPERIOR, SUPERVISOR, UNIT

ACTORS = st.sampled_from(
    [
        *(Actor(person) for person in (EMPLOYEE, SUPERVISOR, SUPERIOR, HEAD, "zainal")),
        *(Actor("olga", hr=True), Actor(EMPLOYEE, hr=True), ORGANISATION),
        *(Actor(person, units=(UNIT, "p2p")) for person in ("umi", EMPLOYEE, SUPERVISOR)),
        Actor("usman", units=("dinsos",)),
    ]
)
RATINGS, WORDS = st.sampled_from(Rating), st.sampled_from(["", "  ", "Karena begitu.", "x" * 4001])
PLANS = st.sampled_from([(40, 30, 30), (33, 33, 33), (50, 50), (25, 25, 25, 25), (20, 20, 20, 20, 20)])
LINES = st.lists(st.sampled_from([SUPERVISOR, SUPERIOR, HEAD, EMPLOYEE]), unique=True, max_size=3).map(tuple)
MOMENTS = st.integers(0, 90).map(lambda days: START + timedelta(days=days))
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    PLANS.map(lambda weights: commands.SubmitTargets(builders.plan(weights))),
    st.builds(commands.ApproveTargets, WORDS),
    st.builds(commands.ReturnTargets, WORDS),
    st.integers(3, 5).map(lambda targets: commands.SubmitSelfAssessment(builders.self_assessment(targets))),
    st.builds(builders.review, RATINGS, RATINGS).map(commands.SubmitReview),
    st.builds(EndorseReview, WORDS),
    st.builds(ReturnReview, WORDS),
    st.builds(commands.Calibrate, RATINGS, RATINGS, WORDS, st.just(HEAD), st.just("calibration/c1/dinkes")),
    st.builds(commands.Acknowledge, WORDS),
    st.builds(commands.Nominate, st.none(), WORDS, st.just("olga")),
    st.builds(commands.Extend, MOMENTS, WORDS, st.none() | st.sampled_from(list(Step)), st.none() | MOMENTS),
    st.builds(commands.Hold, WORDS, st.none() | MOMENTS),
    st.builds(commands.Release, WORDS),
    st.builds(commands.TakeOver, WORDS),
    st.builds(commands.SendBack, st.sampled_from(list(Step)), WORDS),
    st.builds(commands.CloseUnrateable, WORDS),
    st.builds(commands.Nudge, WORDS),
    st.builds(around.RefuseAcknowledgement, WORDS),
    st.builds(builders.complaint, st.sampled_from([(), (1,), (9,)])).map(around.Object),
    st.builds(around.WithdrawObjection, WORDS),
    st.builds(Account, WORDS).map(around.AnswerObjection),
    st.builds(around.DecideObjection, WORDS, st.none() | RATINGS, st.none() | RATINGS),
    st.builds(around.NameDecider, st.sampled_from([EMPLOYEE, SUPERVISOR, HEAD, "zainal"]), WORDS),
    st.builds(
        *(commands.FollowLine, LINES, st.sampled_from([HEAD, SUPERIOR, None]), st.just(UNIT), st.just(())),
        st.booleans(),
    ),
)
WAITS = st.sampled_from([0.0, 0.01, 1, 5, 12, 40]).map(lambda days: timedelta(days=days))
