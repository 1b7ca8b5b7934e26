"""Single sign-on as people read it: why it opened nothing, and what to do; by what somebody was found."""

from adapters.single_sign_on.refusals import Refusal
from api.pages.words import N_

REFUSALS: dict[str, tuple[str, str]] = {
    Refusal.DOWN: (
        N_("The agency's sign-in does not answer at the moment."),
        N_("Try again in a few minutes, or sign in with a password of Jenjang if you have one."),
    ),
    Refusal.STALE: (
        N_("This sign-in is over: it took too long, was used already, or was begun in another browser."),
        N_("Begin again from this page."),
    ),
    Refusal.DECLINED: (
        N_("The agency's sign-in did not let you through."),
        N_("Begin again; if it happens again, tell whoever looks after your account there."),
    ),
    Refusal.UNTRUSTED: (
        N_("What the agency's sign-in answered could not be verified, so nobody was signed in."),
        N_("Begin again; if it happens again, tell whoever operates Jenjang: its log says what was wrong."),
    ),
    Refusal.UNKNOWN: (
        N_("You are signed in there, but nobody here has the NIP or the e-mail that your account there names."),
        N_("Ask HR whether you are on record in Jenjang, and with the same NIP. Then sign in again."),
    ),
    Refusal.SHUT: (
        N_("Your account in Jenjang is shut."),
        N_("Ask HR why, and whether it should be opened again."),
    ),
    Refusal.ELSEWHERE: (
        N_("Your account in Jenjang is linked with another account there."),
        N_("If that was yours before, ask HR to end the old link. Then sign in again."),
    ),
}
"""code -> (what is wrong, what to do)."""
FOUND_BY = {"nip": N_("by NIP"), "email": N_("by e-mail")}
"""By what an identity was found at its first sign-in."""
