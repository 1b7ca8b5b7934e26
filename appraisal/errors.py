"""The ways the rules say no. HTTP statuses live in api/errors.py, never here."""

import re
from typing import Self


class AppraisalError(Exception):
    """A refusal: `what` is wrong, `where` (a field path, empty for the whole request) and the `remedy`.

    `about` is what the sentence names (numbers, names of courses), for whoever tells it in another language.
    """

    def __init__(self, what: str, where: str = "", remedy: str = "", **about: str) -> None:
        super().__init__(what)
        self.what, self.where, self.remedy, self.about = what, where, remedy, about

    def at(self, where: str, remedy: str = "") -> Self:
        """The same refusal about another field, with another remedy if one is given."""
        return type(self)(self.what, where, remedy or self.remedy, **self.about)

    @classmethod
    def code(cls) -> str:
        """The stable name of this refusal, e.g. `weights_not_hundred`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class NotAllowed(AppraisalError):
    """The actor may see the case but not do this."""


class ActsOnOwnCase(AppraisalError):
    """Whoever acts for a superior does not act on the own case."""


class WrongStep(AppraisalError):
    """The command belongs to another step of the case."""


class AlreadyClosed(AppraisalError):
    """The process has ended; nothing can change it any more."""


class NotClosed(AppraisalError):
    """What is open already cannot be opened again."""


class NotOpenYet(AppraisalError):
    """The step opens later."""


class OnHold(AppraisalError):
    """The clock of this case stands still, and so does its work."""


class NotOnHold(AppraisalError):
    """There is no hold to release."""


class InvalidExtension(AppraisalError):
    """A date lies in the past, is no later than the present one, or lies past the closing of the cycle."""


class InvalidHold(AppraisalError):
    """A hold ends before it begins, or after the cycle has closed."""


class ForbiddenAddress(AppraisalError):
    """Messages go to public addresses of the web alone, and to no name and password in them."""


class AddressKnown(AppraisalError):
    """A webhook has this address already."""


class SwitchedOff(AppraisalError):
    """Nothing is sent to a webhook that is switched off."""


class InvalidSchedule(AppraisalError):
    """A unit works five or six days a week, in one of Indonesia's zones."""


class InvalidBulk(AppraisalError):
    """An order for many cases names none, too many, or one twice."""


class UnderWay(AppraisalError):
    """An order is still being carried out; another one has to wait for it."""


class TakesPartAlready(AppraisalError):
    """Nobody is appraised twice in one cycle."""


class StillStarting(AppraisalError):
    """Dates change while a cycle runs, not while its cases are being started."""


class ClosesInThePast(AppraisalError):
    """Other dates would have ended the cycle before now."""


class SameDates(AppraisalError):
    """Other dates are those that the cycle has."""


class StaleList(AppraisalError):
    """The list before the closing has changed since it was seen."""


class StaleRevision(AppraisalError):
    """The person decided on a version that has been replaced since."""


class ReviewsHimself(AppraisalError):
    """Nobody reviews or calibrates himself."""


class NumberOfTargets(AppraisalError):
    """A plan has 3 to 7 targets."""


class WeightsNotHundred(AppraisalError):
    """The weights of a plan must sum to 100."""


class InvalidTarget(AppraisalError):
    """A target lacks something or holds something it must not."""


class MissingReason(AppraisalError):
    """This decision needs a reason in words."""


class InvalidText(AppraisalError):
    """A text is empty, too long or holds control characters."""


class InvalidNumber(AppraisalError):
    """A number is missing, not finite, or out of its range."""


class InvalidEvidence(AppraisalError):
    """A link to evidence is no http(s) address."""


class IncompleteRealisations(AppraisalError):
    """Each target needs exactly one realisation."""


class InvalidPolicy(AppraisalError):
    """A policy contradicts itself."""


class StalePolicy(AppraisalError):
    """Somebody has saved another version of the policy since the one that this edit is based on."""


class InvalidLaunch(AppraisalError):
    """A cycle cannot be launched like this."""


class StaleBoard(AppraisalError):
    """The members of a calibration changed since the board was shown."""


class NothingToDecide(AppraisalError):
    """There is no open member or proposal to decide on."""


class NoSeatLeft(AppraisalError):
    """A decision would give away more seats than a training has."""


class NotAMember(AppraisalError):
    """An adjustment names somebody who is not being calibrated now, or names him twice."""


class UnknownTraining(AppraisalError):
    """The catalogue has no such training for this nomination."""


class HoursExceeded(AppraisalError):
    """The training would take a PPPK past the hours allowed in a year."""


class InvalidImport(AppraisalError):
    """The import cannot be applied as it stands."""


class UnreadableFile(AppraisalError):
    """The uploaded file is no CSV or XLSX that can be read."""


class UnknownPerson(AppraisalError):
    """There is no such person, or none of the kind that is needed."""


class UnknownPosition(AppraisalError):
    """There is no such position, or it leads no unit."""


class HasLeft(AppraisalError):
    """Somebody named here holds no position any more."""


class ActsForHimself(AppraisalError):
    """Nobody acts for himself."""


class AppointedTwice(AppraisalError):
    """Somebody acts there already in that period."""


class PeriodReversed(AppraisalError):
    """A period ends before it begins."""


class PeriodIsOver(AppraisalError):
    """A period lies in the past."""


class StaleRules(AppraisalError):
    """The rules of the cycle have changed since they were read."""


class AlreadyReminded(AppraisalError):
    """Those who have not confirmed the rules are reminded once in each window."""


class NotIssuedYet(AppraisalError):
    """A document would be a draft: what it says does not hold yet."""


class InvalidOffice(AppraisalError):
    """HR rights for a unit that does not exist any more, or that has no cases."""


class OwnOffice(AppraisalError):
    """An HR officer would change the own HR rights."""


class InvalidExtent(AppraisalError):
    """What auditors ask for is neither one cycle nor one period of whole days."""
