"""The words of other voices as people read them; templates translate them."""

from api.pages.words import N_
from appraisal.voices.policy import Kind

KINDS: dict[str, str] = {Kind.PEER: N_("Colleagues"), Kind.SUBORDINATE: N_("Subordinates")}
AS: dict[str, str] = {Kind.PEER: N_("as a colleague"), Kind.SUBORDINATE: N_("as a subordinate")}
"""In which place somebody is asked."""
STEPS: dict[int, str] = {1: N_("rarely"), 2: N_("sometimes"), 3: N_("mostly"), 4: N_("always")}
"""The scale: how often the behaviour is seen."""
CANNOT_SAY = N_("I cannot say")

NOTICES: dict[str, str] = {
    "voices_proposed": N_("Somebody names people to be asked about the behaviour. Please decide whom to invite."),
    "voice_invited": N_(
        "You are asked how you see a colleague's behaviour. Your name stands nowhere beside the answer."
    ),
    "voices_decided": N_("Your superior has decided who is asked about your behaviour."),
    "voice_declined": N_("Somebody who was asked about an employee's behaviour has declined; you may invite another."),
    "voice_reminded": N_("Reminder: you are asked how you see a colleague's behaviour."),
    "voices_closed": N_("The time in which others were asked about the behaviour is over. See what can be told."),
}
"""What a notice says, by its kind."""

REFUSALS: dict[str, tuple[str, str]] = {
    "asks_no_voices": (
        N_("This cycle asks nobody else about the behaviour."),
        N_("HR can set it in the policy of the next cycle."),
    ),
    "names_himself": (N_("Nobody is asked about himself."), N_("Leave this person out.")),
    "names_superior": (
        N_("Superiors, the head and whoever acts for them rate already."),
        N_("Choose somebody who works beside or under the employee."),
    ),
    "names_officer": (N_("HR officers look after this very appraisal."), N_("Choose somebody else.")),
    "works_elsewhere": (
        N_("Somebody who is ticked works in another unit and team."),
        N_("Choose somebody of the same unit or team."),
    ),
    "asked_already": (N_("Somebody who is ticked is asked already."), N_("Leave this person out.")),
    "too_many_voices": (N_("These are more people than this cycle asks."), N_("Tick fewer of this kind.")),
    "not_asked": (N_("You are not asked about this employee."), N_("Only those who are invited answer.")),
    "answered_already": (N_("You have answered already."), N_("There is nothing left to do.")),
    "declined_already": (N_("You have declined to answer."), N_("There is nothing left to do.")),
    "invalid_answer": (
        N_("At least one behaviour is rated, each by one choice of the scale."),
        N_("Choose, or decline to answer."),
    ),
}
"""As in api.pages.refusals: code -> (what is wrong, what to do)."""
