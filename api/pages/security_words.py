"""The words of signing in: what a key may do, what the security record tells, and refusals."""

from adapters.database.desk.security_record import Deed
from api.pages.words import N_
from api.scopes import Scope

SCOPES: dict[str, str] = {
    Scope.READ: N_("read what you may read"),
    Scope.ACT: N_("take your steps: targets, reports, reviews, decisions, answers"),
    Scope.BOARD: N_("help cases from the board: remind, extend, hold, mend"),
    Scope.IMPORT: N_("import people, catalogues and calendars"),
    Scope.SIASN: N_("send results to SIASN"),
    Scope.ADMINISTER: N_("run cycles, policies, trainings and the organisation"),
}

DEEDS: dict[str, str] = {
    Deed.SIGNED_IN: N_("signed in"),
    Deed.CODE_ASKED: N_("first step done, code asked for"),
    Deed.REFUSED: N_("refused"),
    Deed.TOO_MANY_TRIES: N_("too many wrong tries"),
    Deed.SIGNED_OUT: N_("signed out"),
    Deed.SESSION_ENDED: N_("one device signed out"),
    Deed.OTHERS_ENDED: N_("all other devices signed out"),
    Deed.EVERYTHING_ENDED: N_("everything ended"),
    Deed.PASSWORD_SET: N_("password set"),
    Deed.SECOND_STEP_SET_UP: N_("second step set up"),
    Deed.SECOND_STEP_REMOVED: N_("second step removed"),
    Deed.SECOND_STEP_RESET: N_("second step reset"),
    Deed.RECOVERY_CODE_USED: N_("recovery code used"),
    Deed.RECOVERY_CODES_MADE: N_("new recovery codes made"),
    Deed.LINK_MADE: N_("sign-in link made"),
    Deed.TOKEN_MADE: N_("token made"),
    Deed.TOKEN_ENDED: N_("token given back"),
    Deed.KEY_MADE: N_("key made"),
    Deed.KEY_ENDED: N_("key ended"),
    Deed.FEED_MADE: N_("address for a calendar made"),
    Deed.FEED_ENDED: N_("address for a calendar ended"),
    Deed.ACCOUNT_SHUT: N_("account shut"),
    Deed.ACCOUNT_OPENED: N_("account opened again"),
    Deed.OFFICE_GIVEN: N_("rights of an office given"),
    Deed.OFFICE_TAKEN: N_("rights of an office taken"),
    Deed.PAYLOADS_OPENED: N_("payloads of Temporal opened"),
    Deed.IDENTITY_LINKED: N_("account of the agency linked"),
    Deed.OWN_DATA_TAKEN: N_("archive of the own data taken"),
    Deed.IDENTITY_UNLINKED: N_("link with the account of the agency ended"),
    Deed.LOOK_BEGUN: N_("began to look on as support"),
    Deed.LOOK_ENDED: N_("ended looking on as support"),
}

WAYS: dict[str, str] = {
    "password": N_("with a password"),
    "link": N_("with a link"),
    "code": N_("with a code"),
    "sso": N_("at the agency's sign-in"),
    "token": N_("with a token"),
    "scope": N_("outside of the key's scopes"),
    "support": N_("of support"),
    "look": N_("support wanted to change something"),
}
"""By which way, where the record names one."""

REFUSALS: dict[str, tuple[str, str]] = {
    "too_many_tries": (
        N_("Too many tries were wrong."),
        N_("Wait %(minutes)s minutes, then try again."),
    ),
    "only_looking": (
        N_("While you only look, this is neither shown nor changed."),
        N_("End the look first; then your own work goes on."),
    ),
    "not_looking": (
        N_("Nothing is shown before you say why you look."),
        N_("Give a reason or the number of a ticket."),
    ),
    "second_step_missing": (
        N_("The rights of your office need the second step of signing in, which is not set up yet."),
        N_("Open your account and set it up; it takes two minutes."),
    ),
    "second_step_needed": (
        N_("HR needs the second step."),
        N_("If the app is lost, another officer can reset it."),
    ),
    "own_second_step": (
        N_("Nobody resets the own second step."),
        N_("Ask another officer, or use the command line."),
    ),
    "no_sealing_key": (
        N_("There is no key to keep the secret with."),
        N_("Tell whoever operates Jenjang: JENJANG_PAYLOAD_KEYS is not set."),
    ),
    "missing_scope": (N_("This key was not made for this."), N_("Sign in as a person, or use another key.")),
    "no_scope": (N_("A key that may do nothing opens nothing."), N_("Choose what it is for.")),
    "key_too_long": (N_("Choose how long the key opens."), N_("A year at most.")),
}
