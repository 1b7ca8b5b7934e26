"""A change of supervisor counts at once, also for a page that has been open since before it."""

from html import unescape

from appraisal.vocabulary import Step
from tests.api import scene
from tests.api.scene import bring, refused
from tests.api.test_acting import held_by
from tests.api.test_acting_pages import english
from tests.api.test_appraisal_api import launch
from tests.api.test_hr_pages import hidden
from tests.stack import Stack

WRITTEN = "Konsisten sekali, setiap hari."
WHY = {"reason": "Mutasi."}


async def test_what_the_former_supervisor_still_has_open_is_refused_and_says_what_to_do(stack: Stack) -> None:
    cycle = await launch(stack, people=["ani", "eko"])
    await bring(stack, cycle, Step.REVIEW)
    await bring(stack, cycle, Step.REVIEW, employee="eko")
    url, api = f"/appraisals/{cycle}/ani", f"/api/v1/appraisals/{cycle}/ani"
    budi, citra, hr = [await english(stack, who) for who in ("budi", "citra", None)]
    form = (await budi.get(url)).text
    open_page = {
        "results": "SESUAI",
        "results_reason": "Sesuai target.",
        "behaviour": "DI_ATAS",
        "behaviour_reason": WRITTEN,
        "key": hidden(form, "key"),
        "revision": hidden(form, "revision"),
    }
    for people, superior in ((["ani"], "gita"), (["eko"], "citra")):
        moved = await hr.post("/api/v1/superiors", json={**WHY, "people": people, "superior": superior})
        assert moved.status_code == 201, moved.text
    await held_by(stack, cycle, "ani", "gita")
    await held_by(stack, cycle, "eko", "citra")
    before = await scene.kept(stack, cycle)

    for client in (budi, citra):  # citra was above him, and is nobody here either
        late = await client.post(f"{url}/review", data=open_page)
        text = unescape(late.text)
        assert late.status_code == 404
        assert "not yours any more. Nothing was recorded." in text, "what"
        assert "it has gone to another one" in text, "what to do"
        assert WRITTEN in text, "nothing typed is lost"
        assert "Ani Contoh" not in text
        in_place = await client.post(
            f"{url}/review", data={**open_page, "place": "waiting"}, headers={"hx-request": "true"}
        )
        assert (in_place.status_code, WRITTEN in in_place.text, "<html" in in_place.text) == (404, True, False)
        assert (await client.post(f"{url}/review/draft", data=open_page)).status_code == 404
        refused(await client.post(f"{api}/review", json=scene.REVIEW), 404, "not_found")
        assert "ani" not in [row["employee_id"] for row in (await client.get("/api/v1/tasks")).json()]
        assert "Ani Contoh" not in (await client.get("/waiting")).text
        nowhere = await client.post(f"/appraisals/{cycle}/nobody/review", data=open_page)
        said, same = (answer.text.partition("<h1>")[2].partition("</main>")[0] for answer in (late, nowhere))
        assert said == same, "whether there is such a case is none of their business"

    dewi, other = await english(stack, "dewi"), f"/appraisals/{cycle}/eko"
    seen = await dewi.post(f"{other}/review", data=open_page)
    assert (seen.status_code, WRITTEN in unescape(seen.text)) == (403, True), "whoever may look keeps his text as well"
    assert await scene.kept(stack, cycle) == before
    gita = await stack.visitor("gita")
    assert (await gita.post(f"{api}/review", json=scene.REVIEW)).status_code == 200
