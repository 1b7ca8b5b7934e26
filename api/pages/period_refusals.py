"""Refusals about periods and feedback as people read them, by code: what is wrong, and what to do."""

from api.pages.words import N_

OF_PERIODS: dict[str, tuple[str, str]] = {
    "another_superiors_period": (
        N_("This period is rated by whoever was the superior on its last day."),
        N_("Read it as the basis of the year; what you see yourself, say as feedback."),
    ),
    "evidence_missing": (N_("This realisation has no evidence."), N_("Give an address that begins with https://")),
    "no_targets_yet": (N_("The targets have not been agreed yet."), N_("Agree on them first; your draft is kept.")),
    "nothing_referred_to": (N_("Feedback is about a target or a behaviour."), N_("Choose one of them.")),
}
