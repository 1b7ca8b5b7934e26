"""Putting on record that people answer to another superior."""

from temporalio import activity

from activities.people_ports import Superiors
from appraisal.superiors import Replacement


class SuperiorActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, superiors: Superiors) -> None:
        self._superiors = superiors

    @activity.defn
    async def replace_superiors(self, replacement: Replacement) -> None:
        """Check the order against the record and write all of it; a refusal is raised and changes nothing."""
        await self._superiors.replace(replacement)
