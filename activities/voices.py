"""Looking who can be asked about somebody, and putting on record who is."""

from temporalio import activity

from activities.people_ports import Voices
from appraisal.voices.ground import Ground
from appraisal.voices.voices import Opening, Round


class VoiceActivities:
    """One attempt is one transaction; a repeated attempt changes nothing."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices

    @activity.defn
    async def look_around(self, opening: Opening) -> Ground:
        """Who works beside or under the employee, and who takes part in the appraisal otherwise."""
        return await self._voices.ground(opening)

    @activity.defn
    async def keep_voices(self, round: Round) -> None:
        """Keep what was proposed, decided, declined, reminded or closed; a refusal is raised and changes nothing."""
        await self._voices.keep(round)
