"""How simulated people are: most are on time, some are late, some never act. Their place in the list decides, not chance."""

from dataclasses import dataclass
from enum import StrEnum


class Habit(StrEnum):
    """When somebody does what is waiting."""

    PROMPT = "prompt"
    SLOW = "slow"
    LATE = "late"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Temper:
    """One person's habits: with the own forms, and with the work of a superior; `strict` ones return targets once."""

    own: Habit
    superior: Habit
    acknowledges: bool
    strict: bool

    def habit(self, step: str, own_case: bool, stands_in: bool = False) -> Habit:
        if stands_in:  # a review is read with care: HR hears of it too before it is done
            return Habit.SLOW if step == "review" else Habit.PROMPT
        if step == "acknowledgement" and not self.acknowledges:
            return Habit.NEVER
        return self.own if own_case else self.superior


DELAYS = {Habit.PROMPT: (0.5, 3.0), Habit.SLOW: (6.0, 7.5), Habit.LATE: (10.5, 12.5)}
"""Seconds from seeing the work to doing it: from, to. A late one lets the rehearsal's due dates pass."""


def temper(place: int, leads: bool) -> Temper:
    """The temper of the person at this place of the list. Few of those who lead are slow: others wait for them."""
    own = Habit.NEVER if place % 12 == 11 and not leads else Habit.LATE if place % 7 == 3 else Habit.PROMPT
    superior = Habit.NEVER if place % 6 == 2 else Habit.PROMPT
    return Temper(own, superior, acknowledges=place % 9 != 5, strict=place % 2 == 0)


def delay(habit: Habit, place: int) -> float:
    """Seconds that this person takes, spread evenly over the habit's range."""
    low, high = DELAYS[habit]
    return low + (high - low) * (place % 10) / 10
