"""On the rating page each number and rating leads to its reason in one click: without JavaScript, on a phone and at a desk."""

import re
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from api.pages.labels import PREDICATES, RATINGS, UNIT_RESULTS
from api.pages.words import Words
from tests.api.test_measured import calibrate, reviewed
from tests.browser.conftest import PLAIN_DESK, PLAIN_PHONE, Site, Visit, seen

pytestmark = pytest.mark.devices(PLAIN_PHONE, PLAIN_DESK)
"""What works without JavaScript works with it; axe looks at this page in test_axe.py."""

WORDS = Words("id", ZoneInfo("Asia/Jakarta"))
RATED = sorted({WORDS.gettext(text) for table in (PREDICATES, RATINGS, UNIT_RESULTS) for text in table.values()})
LOOSE = """
([pattern, reasons]) => {
  const found = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), parent = walker.currentNode.parentElement;
    if (text && new RegExp(pattern).test(text) && !parent.closest(reasons)) found.push(text);
  }
  return found;
}
"""
REASONS = "a.why, .because, .rule, .preserve, .overline, h1, h2, time, svg, .legend"
"""Where a number may stand: in the link to its reason, in a reason or rule, in people's own words, in a date or heading."""
SHOWN = """
(id) => {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return !!box && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
}
"""


async def test_each_number_leads_to_its_reason_in_one_click(visit: Visit, site: Site) -> None:
    cycle = await reviewed(site.stack)
    await calibrate(site.stack, cycle)
    await visit.sign_in("ani")
    await visit.to(f"/appraisals/{cycle}/ani/measured")
    await seen(visit, "measured")
    page = visit.page
    pattern = "|".join(("[0-9]", *map(re.escape, RATED)))
    assert await page.evaluate(LOOSE, [pattern, REASONS]) == [], "numbers and ratings that lead nowhere"
    parts = [await link.get_attribute("href") or "" for link in await page.locator(".contents a").all()]
    assert len(parts) >= 7, "agreed, reported, judged, the predicate, calibrated, what can be done, who sees it"
    for part in parts:
        await expect(page.locator(f"h2{part}")).to_have_count(1)
    links = page.locator("a.why")
    count = await links.count()
    assert count >= 30, (
        "three targets with weights and results, two ratings and what became of them, the unit's numbers"
    )
    for number in range(count):
        await page.evaluate("window.scrollTo(0, 0)")
        link = links.nth(number)
        target = (await link.get_attribute("href") or "").removeprefix("#")
        assert target.startswith("because-")
        await link.click()
        assert await page.evaluate(SHOWN, target), (
            f"{await link.inner_text()} leads to {target}, which is not to be seen"
        )
