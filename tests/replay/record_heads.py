"""A nomination of which heads speak, and a file of attendance whose seats hear of it, for their histories."""

from datetime import timedelta

from sqlalchemy import select
from temporalio.client import Client

from adapters.database.reads.hours import PERSON
from demo.office import bring_in
from tests.api.seated import begins, give_seats
from tests.api.test_enrolments import launched
from tests.api.test_heads_words import asked
from tests.replay.here import Here
from tests.roster_files import as_csv


async def hear_heads(town: Here, client: Client) -> dict[str, str]:
    """Ids of processes by history. A head agrees and objects; HR decides; somebody was in a course, says a file."""
    stack, cycle = town.stack, await asked(town.stack)
    dewi, path = await town.person("dewi"), f"nominations/{cycle}"
    proposals = (await dewi.get(f"{path}/words"))["proposals"]
    words = [{"employee": one["employee"], "training": one["training"], "agrees": True} for one in proposals]
    words[0] |= {"agrees": False, "reason": "Memimpin imunisasi massal."}
    await dewi.post(f"{path}/words", {"words": words})
    answers = [{**one, "approve": True, "reason": "Perlu tahun ini."} for one in words]
    for answer in answers:
        del answer["agrees"]
    await town.hr.post(f"{path}/decisions", {"decisions": answers})
    attended = await launched(stack, "gita", look_back="P300D")
    await begins(stack, "t1", stack.services.today() - timedelta(days=4), seats=2)
    await give_seats(stack, attended, "gita")
    async with stack.sessions() as session:
        nip = await session.scalar(select(PERSON.c.nip).where(PERSON.c.id == "gita"))
    sheet = [["nipBaru", "tahun", "kode", "hadir"], [str(nip), "2027", "t1", "ya"]]
    batch = await bring_in(town.hr, "attendance", as_csv(sheet), stack.services.today().isoformat())
    await client.get_workflow_handle(f"import/{batch}").result()
    return {"nomination_heads_spoke": f"nomination/{cycle}", "import_attendance": f"import/{batch}"}
