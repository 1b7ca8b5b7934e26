"""The people of a recording."""

from demo.office import Somebody
from tests.faults.people import Town
from tests.stack import Stack


class Here(Town):
    """Everybody enters through the application itself."""

    stack: Stack

    async def person(self, who: str) -> Somebody:
        if who not in self.people:
            self.people[who] = Somebody(who, who, await self.stack.visitor(who))
        return self.people[who]
