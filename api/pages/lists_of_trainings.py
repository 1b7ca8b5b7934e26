"""The catalogue of trainings as a file, filtered as its page is."""

from adapters.database.reads import catalogue
from api import export
from api.export import Listing, Pages, Row
from api.pages import training_words
from api.pages.catalogue import TOPIC_NAMES, Chosen, audience, usual_year
from api.pages.render import OfficerPage
from api.pages.words import N_
from api.routes.catalogue import Held, Topic, fitting
from appraisal.training.catalogue import Offer


async def _courses(page: OfficerPage, year: Chosen = None, topic: Topic = "", held: Held = "") -> Pages:
    chosen = year or await usual_year(page)
    async with page.jenjang.reading() as session:
        found = fitting(await catalogue.offers(session, chosen), topic, held)
    withdrawn = page.gettext("withdrawn")

    def told(one: Offer) -> Row:
        course = one.course
        topics = ", ".join(page.gettext(TOPIC_NAMES[topic]) for topic in course.topics if topic in TOPIC_NAMES)
        kind = page.gettext(training_words.KINDS[course.kind]) if course.kind else ""
        return (
            *(one.code, course.name, kind, topics, course.hours, course.starts_on, course.ends_on, one.place),
            *(course.provider, audience(page, course), int(course.price), course.seats, one.given, one.left),
            withdrawn if course.withdrawn else "",
        )

    return export.at_once(map(told, found))


COURSES = (
    *(N_("Code"), N_("Name"), N_("Kind"), N_("Topics"), N_("Hours (JP)"), N_("First day"), N_("Last day"), N_("Place")),
    *(N_("Provider"), N_("For whom"), N_("Price of a seat"), N_("Seats"), N_("Given away"), N_("Left"), N_("State")),
)
LISTS = (Listing("/catalogue", N_("Training catalogue"), COURSES, _courses),)
