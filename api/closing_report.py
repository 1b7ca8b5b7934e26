"""The closing report in a reader's words: what a cycle was, how each case left it, and who stood for that."""

from collections.abc import Callable, Iterable
from datetime import datetime

from adapters.database.documents import TIMETABLE
from adapters.database.reads.closing import Line
from adapters.database.reads.closing_record import Change, Fingerprint, Record
from adapters.database.reads.closing_signature import Signature
from adapters.pdf import Column, Part, Report
from api.pages import closing_words as said
from api.pages.labels import EXITS, OBJECTIONS, PREDICATES, STEPS
from api.pages.words import Words
from api.routes.closing import Whole
from appraisal.vocabulary import WAY, Exit, Predicate

Text = Callable[..., str]


def report(words: Words, found: Whole, record: Record, at: datetime) -> Report:
    """The report as of this instant; before the closing it says what would happen."""
    _, cycle = words.gettext, found.cycle
    return Report(
        words.language,
        _("Closing report: %(name)s", name=cycle["name"]),
        _("as of %(instant)s", instant=words.instant(at)) if found.final else _(said.PROVISIONAL),
        "Jenjang",
        f"Jenjang · {cycle['name']} · {words.instant(at)}",
        (
            _facts(words, found),
            _dates(words, found),
            _changes(words, record.changes),
            *_exits(words, found),
            _predicates(words, found, record),
            *_objections(words, record),
            _pace(words, record),
            _escalations(words, record),
            _trainings(words, record),
            _cases(words, found),
            signature(words, found.signature),
            _fingerprint(words, record.fingerprint),
        ),
    )


def _facts(words: Words, found: Whole) -> Part:
    _, cycle = words.gettext, found.cycle
    facts = (
        (_("Year"), str(cycle["year"])),
        (_("Policy"), str(cycle["policy"]["name"])),
        (_("Starts"), words.instant(cycle["starts_at"])),
        (_("Closes"), words.instant(cycle["closes_at"])),
        (_("Participants"), words.number(cycle["participants"])),
        (_("Open cases"), words.number(sum(found.exits.values()))),
        (_("Cases that have left"), words.number(sum(found.left.values()))),
    )
    return Part(_("The cycle"), facts=facts)


def _dates(words: Words, found: Whole) -> Part:
    _ = words.gettext
    windows = TIMETABLE.validate_python(found.cycle["timetable"]).windows
    rows = tuple(
        (_(STEPS[one.step]), words.instant(one.opens), words.instant(one.due), words.instant(one.end))
        for one in windows
    )
    heads = (_("Step"), _("opens"), _("due"), _("ends by itself"))
    return Part(_("The dates"), columns=_wide(heads), rows=rows)


def _changes(words: Words, changes: tuple[Change, ...]) -> Part:
    _ = words.gettext
    rows = tuple((words.instant(one.at), one.who, _closings(words, one), one.why) for one in changes)
    heads = (_("When"), _("Who"), _("Closes"), _("Reason"))
    note = "" if rows else _("The dates have not been changed since the launch.")
    return Part(_("Changes of the dates"), note, columns=_wide(heads), rows=rows)


def _closings(words: Words, change: Change) -> str:
    before, after = change.closes
    return f"{words.instant_written(before)} → {words.instant_written(after)}" if before and after else "–"


def _exits(words: Words, found: Whole) -> tuple[Part, Part]:
    _ = words.gettext
    ways = tuple(way for way in Exit if way in found.exits or way in found.left)
    kinds = tuple(
        (_(EXITS[way]), words.number(found.left.get(way, 0)), words.number(found.exits.get(way, 0))) for way in ways
    )
    heads = (Column(_("Exit"), wide=True), _number(_("have left")), _number(_("still open, foreseen")))
    units = tuple(
        (one.unit, *(words.number(one.left.get(way, 0) + one.exits.get(way, 0)) for way in ways)) for one in found.units
    )
    unit_heads = (Column(_("Unit"), wide=True), *(_number(_(EXITS[way])) for way in ways))
    return (
        Part(_("Exits"), columns=heads, rows=kinds),
        Part(_("Exits by unit"), columns=unit_heads, rows=units),
    )


def _predicates(words: Words, found: Whole, record: Record) -> Part:
    _ = words.gettext
    rows = tuple(
        (one.unit, *(words.number(record.predicates.get(one.unit_id, {}).get(each, 0)) for each in Predicate))
        for one in found.units
    )
    heads = (Column(_("Unit"), wide=True), *(_number(_(PREDICATES[each])) for each in Predicate))
    return Part(_("Predicates by unit"), columns=heads, rows=rows)


def _objections(words: Words, record: Record) -> tuple[Part, ...]:
    _ = words.gettext
    rows = tuple((_(OBJECTIONS[end]), words.number(count)) for end, count in record.objections.items() if count)
    heads = (Column(_("What became of it"), wide=True), _number(_("Objections")))
    counted = Part(_("Objections"), "" if rows else _("Nobody has objected."), columns=heads, rows=rows)
    changed = tuple((one.employee, _(PREDICATES[one.before]), _(PREDICATES[one.after])) for one in record.objected)
    if not changed:
        return (counted,)
    names = (_("Employee"), _("Before the objection"), _("After the objection"))
    return counted, Part(_("Ratings that an objection has changed"), columns=_wide(names), rows=changed)


def _pace(words: Words, record: Record) -> Part:
    _ = words.gettext
    known = {one.key: one for one in record.pace}
    rows = tuple(
        (
            _(STEPS[step]),
            words.number(one.done),
            words.number(one.in_time),
            f"{words.number(round(100 * one.in_time / one.done))} %",
        )
        for step in WAY
        if (one := known.get(step))
    )
    heads = (Column(_("Step"), wide=True), *(_number(head) for head in (_("Steps done"), _("in time"), _("Share"))))
    return Part(_("In time, by step"), "" if rows else _("No step is over yet."), columns=heads, rows=rows)


def _escalations(words: Words, record: Record) -> Part:
    _ = words.gettext
    rows = tuple((level, words.number(times)) for level, times in record.escalations.items())
    note = "" if rows else _("No step was handed on.")
    heads = (Column(_("Rung of the ladder"), wide=True), _number(_("Times")))
    return Part(_("Steps handed on because they were late"), note, columns=heads, rows=rows)


def _trainings(words: Words, record: Record) -> Part:
    _ = words.gettext
    rows = tuple(
        (one.name, *(words.number(count) for count in (one.hours, one.people, one.hours * one.people)))
        for one in record.trainings
    )
    total = sum(one.hours * one.people for one in record.trainings)
    note = _("%(hours)s JP together.", hours=words.number(total)) if rows else _("Nobody was nominated.")
    heads = (Column(_("Training"), wide=True), *(_number(head) for head in (_("JP"), _("People"), _("JP together"))))
    return Part(_("Training nominations"), note, columns=heads, rows=rows)


def _cases(words: Words, found: Whole) -> Part:
    """Whoever has not gone the whole way: by name, so that each can be found."""
    _ = words.gettext
    units = {one.unit_id: one.unit for one in found.units}
    lines = tuple(line for line in found.lines if not (line.final and line.exit == Exit.COMPLETED))
    rows = tuple(
        (line.employee, units[line.unit_id], *(named(words, *one) for one in _where(line)), why(words, line))
        for line in lines
    )
    heads = (_("Employee"), _("Unit"), _("At step"), _("Exit"), _("Why"))
    title = _("Cases that were not completed") if found.final else _("Open cases, and the exits that they take")
    note = "" if rows else _("There is none.")
    return Part(title, note, columns=_wide(heads), rows=rows)


def _where(line: Line) -> tuple[tuple[dict[str, str], str], ...]:
    return (STEPS, line.leaves_from), (EXITS, line.exit)


def named(words: Words, names: dict[str, str], key: str) -> str:
    """A word of the field; a dash where the record is older than it."""
    return words.gettext(names[key]) if key in names else "–"


def why(words: Words, line: Line) -> str:
    """HR's own words where it closed the case; else the rule."""
    return line.why or named(words, said.WHY, line.exit)


def signature(words: Words, signed: Signature | None) -> Part:
    _ = words.gettext
    if signed is None:
        return Part(_("Signature"), _("Not signed. A cycle closes at its date all the same."))
    facts: Iterable[tuple[str, str]] = (
        (_("Signed by"), signed.name),
        (_("When"), words.instant(signed.at)),
        *(((_("Remark"), signed.remark),) if signed.remark else ()),
        (_("Open cases on the signed list"), words.number(signed.cases)),
        *((_(EXITS[way]), words.number(count)) for way, count in signed.exits.items()),
        (_("Digest of the signed list"), _grouped(signed.digest)),
    )
    return Part(_("Signature"), _("HR stood for the list of open cases with the exits foreseen then."), tuple(facts))


def _fingerprint(words: Words, found: Fingerprint) -> Part:
    _ = words.gettext
    whole = _("All %(chains)s processes of the cycle", chains=words.number(found.chains))
    last = _("Last event of the cycle (revision %(revision)s)", revision=words.number(found.revision))
    facts = ((last, _grouped(found.head)), (whole, _grouped(found.whole)))
    return Part(_("Fingerprint of the record"), _(said.FINGERPRINT), facts)


def _grouped(digest: str) -> str:
    """In groups, so that people can compare it and a line can end within."""
    return " ".join(digest[place : place + 16] for place in range(0, len(digest), 16))


def _wide(names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(name, wide=True) for name in names)


def _number(name: str) -> Column:
    return Column(name, number=True)
