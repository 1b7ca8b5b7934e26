"""What is held for a time, in words."""

from api.pages.words import N_
from appraisal.privacy.retention import By, Kept

KINDS = {
    Kept.SIGN_INS: (
        N_("Sessions, tokens, keys and links that have ended"),
        N_("With the device and the address from which they were opened. Counted from their end."),
    ),
    Kept.NOTICES: (
        N_("Notices in the inbox"),
        N_("Read or not, once they have gone out. Notices of open cases stay."),
    ),
    Kept.MESSAGES: (
        N_("Mails and messages to programs that were sent or given up"),
        N_("To whom, when, how often it was tried and how it ended; not their text."),
    ),
    Kept.DRAFTS: (
        N_("Drafts in cases that are closed"),
        N_("What somebody typed and never sent. Drafts in open cases stay."),
    ),
    Kept.IMPORTS: (
        N_("Previews of imports that have ended"),
        N_("Problems and differences, with names and NIPs. Those of days off stay: the calendar names its decree."),
    ),
    Kept.TROUBLES: (N_("Troubles of processes that are over"), N_("What failed, and who mended it.")),
    Kept.SECURITY: (
        N_("The security record"),
        N_("Who came in or was refused, what was made, ended or reset."),
    ),
    Kept.READINGS: (
        N_("The record of who looked at what"),
        N_("The service may only add to it: whoever owns the database takes it away, with a command."),
    ),
    Kept.BACKUPS: (
        N_("Files of backups"),
        N_("The command that makes a backup takes away older ones from the same folder, never the newest."),
    ),
}
"""Each kind, and what it holds or where its limits are."""
HANDS = {
    By.PROCESS: N_("by itself, each night"),
    By.OWNER: N_("by the owner of the database"),
    By.BACKUP: N_("with the next backup"),
}
