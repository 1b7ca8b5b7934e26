"""A cycle that is started again from the record: nothing of it is lost, and what it still owes is known."""

from adapters.database.documents import CYCLE
from appraisal.access import Actor
from appraisal.cycle import SignClosing
from appraisal.group import Told
from appraisal.rescheduling import rescheduled
from appraisal.signing import Seen, signed
from tests.builders import START
from tests.rules.test_ladder import DAY
from tests.rules.test_rescheduling import OFFICER, frozen, running, wish

NOW = START + DAY
RESCUER = Actor("rita", hr=True)


def test_it_goes_on_as_it_was_stored_with_one_event_that_names_who_had_it_started() -> None:
    asked = rescheduled(running(), wish(), frozen("annual"), NOW, "olga/k1")
    stored = CYCLE.validate_python(CYCLE.dump_python(asked.stored(asked.revision), mode="json"))
    again = stored.restarted(RESCUER, NOW, "mend/1")
    (event,) = again.events
    assert (event.kind, event.actor, event.revision) == ("restarted", "rita", asked.revision + 1)
    assert (again.dates, again.launch, again.phase) == (asked.dates, asked.launch, asked.phase)
    assert dict(again.orders) == {"olga/k1": asked.revision}, "the same command again is the same order"
    assert again.unfinished == asked.events[-1], "everybody is still to be told"
    assert again.told(Told(2), Told(8), NOW).unfinished is None


def test_a_signature_asks_for_nothing_afterwards() -> None:
    seen = Seen("d" * 64, 3, ())
    assert signed(running(), SignClosing(seen.digest, OFFICER), seen, NOW, "olga/k1").unfinished is None
