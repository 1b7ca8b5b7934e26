"""Programs that listen, over HTTP and on the page: one secret, shown once, and what became of each message."""

import re
from dataclasses import replace
from functools import partial
from html import unescape

from adapters.database.desk.hooks import Hooks
from adapters.database.engine import open_engine
from adapters.sealing import Sealer
from tests.api.scene import refused
from tests.api.test_hr_pages import somebody
from tests.keys import sealer
from tests.post import receiver
from tests.stack import Stack

PUBLIC, INSIDE = "https://93.184.215.14/jenjang", "http://127.0.0.1:9/x"


async def test_hr_adds_a_program_tries_it_out_and_switches_it_off(stack: Stack) -> None:
    hr, ani = await somebody(stack), await somebody(stack, "ani")
    assert (await ani.get("/webhooks")).status_code == 403
    wrong = await hr.post("/webhooks", data={"url": INSIDE})
    assert (wrong.status_code, 'href="#url"' in wrong.text, INSIDE in wrong.text) == (422, True, True)
    assert "leads into a private network" in unescape(wrong.text)
    made = await hr.post("/webhooks", data={"url": PUBLIC})
    secret = re.search(r"whsec_[\w+/=]+", unescape(made.text))
    assert secret
    assert (await hr.post("/webhooks", data={"url": PUBLIC})).status_code == 409
    (hook,) = (await hr.get("/api/v1/webhooks")).json()
    url = f"/webhooks/{hook['id']}"
    for path in ("/webhooks", url, "/api/v1/webhooks", f"/api/v1{url}/deliveries"):
        answer = await hr.get(path)
        assert (answer.status_code, secret[0] in unescape(answer.text)) == (200, False)
    renewed = unescape((await hr.post(f"{url}/secret", data={})).text)
    another = re.search(r"whsec_[\w+/=]+", renewed)
    assert another
    assert (another[0] != secret[0], "The secret before signs as well until" in renewed) == (True, True)
    assert "signs as well" not in (await hr.post(f"{url}/secret", data={"at_once": "yes"})).text
    assert (await hr.post(f"{url}/off")).status_code == 303
    assert "Switched off on" in (await hr.get(url)).text
    assert (await hr.post(f"{url}/test")).status_code == 409
    assert (await hr.post(f"{url}/off")).status_code == 404
    assert (await hr.post(f"{url}/secret", data={})).status_code == 409


async def test_the_same_over_http_with_a_program_that_hears_and_then_does_not(stack: Stack) -> None:
    hr, engine = await somebody(stack), open_engine(stack.settings.database_url)
    keyless = Hooks(engine, allow_private=True, keys=partial(Sealer, {}))
    stack.app.state.services = replace(stack.services, hooks=keyless)
    refused(await hr.post("/api/v1/webhooks", json={"url": PUBLIC}), 503, "no_sealing_key")
    stack.app.state.services = replace(stack.services, hooks=Hooks(engine, allow_private=True, keys=sealer))
    refused(await hr.post("/api/v1/webhooks", json={"url": "ftp://93.184.215.14/"}), 422, "forbidden_address")
    with receiver() as there:
        made = (await hr.post("/api/v1/webhooks", json={"url": there.url})).json()
        refused(await hr.post("/api/v1/webhooks", json={"url": there.url}), 409, "address_known")
        url = f"webhooks/{made['id']}"
        good = (await hr.post(f"/api/v1/{url}/test")).json()
        there.status = 500
        assert (await hr.post(f"/{url}/test")).status_code == 303
    assert (good["kind"], good["error"], good["sent_at"] is not None) == ("test", "", True)
    bad, first = (await hr.get(f"/api/v1/{url}/deliveries")).json()
    assert (first, bad["error"], bad["sent_at"], bad["try_at"]) == (good, "HTTP 500", None, None)
    page = (await hr.get(f"/{url}")).text
    assert "The test message did not arrive: HTTP 500" in page
    assert "arrived" in page
    assert (await hr.delete(f"/api/v1/{url}")).status_code == 204
    refused(await hr.post(f"/api/v1/{url}/test"), 409, "switched_off")
    await engine.dispose()
