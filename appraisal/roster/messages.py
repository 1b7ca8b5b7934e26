"""What is wrong with a file and what to do, in words. The texts are templates, so that pages can translate them."""

from dataclasses import dataclass

from appraisal.roster.codes import ProblemCode


@dataclass(frozen=True, slots=True)
class Message:
    """Templates for `str.format`; a warning does not block."""

    what: str
    remedy: str
    warning: bool = False


MESSAGES: dict[ProblemCode, Message] = {
    ProblemCode.UNREADABLE: Message("{what}", "{remedy}"),
    ProblemCode.EMPTY_FILE: Message(
        "The file holds no rows below its heading.", "Export the data again and upload that file."
    ),
    ProblemCode.COLUMN_MISSING: Message("The column {name} is missing.", "Add the column {name} to row 1."),
    ProblemCode.COLUMN_UNKNOWN: Message("The column {name} is unknown.", "Remove it. Known columns: {known}."),
    ProblemCode.COLUMN_MISSPELLED: Message(
        "The column {name} is unknown.", "Rename it {likely}, if that is what it holds, or remove it."
    ),
    ProblemCode.COLUMN_REPEATED: Message(
        "The column {name} stands here a second time.", "Keep one of the two columns and remove the other."
    ),
    ProblemCode.CELL_BEYOND_HEADING: Message(
        "A cell stands to the right of the last heading.", "Clear that cell, or check for a stray separator."
    ),
    ProblemCode.EMPTY_CELL: Message("This cell is empty.", "Fill it in."),
    ProblemCode.TOO_LONG: Message("This cell has {length} characters; {limit} are allowed.", "Shorten it."),
    ProblemCode.CONTROL_CHARACTER: Message(
        "This cell holds a line break or another invisible character.", "Type the cell again on one line."
    ),
    ProblemCode.MARKUP: Message("This cell holds '<' or '>', as in HTML.", "Remove these characters."),
    ProblemCode.FORMULA: Message(
        "This cell begins like a formula.", "Replace the formula by its value, without = + - or @ in front."
    ),
    ProblemCode.UNKNOWN_WORD: Message("'{value}' is not known here.", "Use one of: {known}."),
    ProblemCode.BAD_DATE: Message("'{value}' is no date.", "Write the day as dd-mm-yyyy, for example 01-03-2024."),
    ProblemCode.BAD_NUMBER: Message(
        "'{value}' is no number.", "Write digits, with one comma or point before decimals."
    ),
    ProblemCode.AMBIGUOUS_NUMBER: Message(
        "'{value}' may mean thousands or decimals.",
        "Leave out separators of thousands; write four decimals instead of three, as in 1,2340.",
    ),
    ProblemCode.OUT_OF_RANGE: Message("'{value}' is out of range.", "Give a number from {low} to {high}."),
    ProblemCode.BAD_EMAIL: Message("This is no e-mail address.", "Write it as name@domain, or leave the cell empty."),
    ProblemCode.NIP_AS_NUMBER: Message(
        "The spreadsheet has turned this NIP into a number and lost digits.",
        "Format the column as Text (Format Cells, Text), fill in the NIP again, and save the file.",
    ),
    ProblemCode.NIP_NOT_DIGITS: Message("This NIP holds something else than digits.", "Write the 18 digits only."),
    ProblemCode.NIP_LENGTH: Message(
        "This NIP has {length} digits instead of 18.", "Compare it with the personnel system."
    ),
    ProblemCode.NIP_BIRTH_DATE: Message(
        "The first 8 digits of this NIP are no possible date of birth.", "Compare it with the personnel system."
    ),
    ProblemCode.NIP_APPOINTMENT: Message(
        "Digits 9 to 14 of this NIP are no possible year and month of appointment.",
        "Compare it with the personnel system; a PPPK needs statusKepegawaian PPPK.",
    ),
    ProblemCode.NIP_SEX: Message("Digit 15 of this NIP is neither 1 nor 2.", "Compare it with the personnel system."),
    ProblemCode.NIP_OFFICIAL: Message(
        "A Pejabat Negara has a number such as PN-0001.", "Write PN- and digits, or correct statusKepegawaian."
    ),
    ProblemCode.NIP_REPEATED: Message("Row {first} has the same NIP.", "Keep one row for each person."),
    ProblemCode.EMAIL_REPEATED: Message(
        "Row {first} has the same e-mail address; people sign in with it.", "Give each person an own address."
    ),
    ProblemCode.GRADE_UNKNOWN: Message(
        "'{value}' is no golongan of PNS (I/a to IV/e) or PPPK (I to XVII).", "Check the spelling.", warning=True
    ),
    ProblemCode.SUPERIOR_UNKNOWN: Message(
        "No row and no record has the NIP of this superior.", "Correct nipAtasan, or add the superior's own row."
    ),
    ProblemCode.SUPERIOR_SELF: Message(
        "This person is named as the own superior.", "Give the NIP of the official above."
    ),
    ProblemCode.SUPERIOR_LOOP: Message(
        "These people report to each other in a circle: {chain}.", "Correct nipAtasan in one of these rows."
    ),
    ProblemCode.SUPERIOR_MISSING: Message(
        "No superior is given: nobody could review this person.", "Fill in nipAtasan.", warning=True
    ),
    ProblemCode.SUPERIOR_NOT_STRUCTURAL: Message(
        "{count} people name this person as their superior, whose position is not Struktural.",
        "Check it: the reviewing official is at lowest a pejabat pengawas, unless the authority is delegated.",
        warning=True,
    ),
    ProblemCode.SUPERIOR_NOT_IN_FILE: Message(
        "This superior is on record, but has no row in the file.",
        "Add the superior's row, or do not end who is missing.",
        warning=True,
    ),
    ProblemCode.POSITION_CONTRADICTS: Message(
        "Row {first} gives the same position of the same unit another value: '{other}'.",
        "Give both rows the same value, or two titles.",
    ),
    ProblemCode.UNIT_TWO_NAMES: Message(
        "Row {first} names this unit '{other}'.", "Give a unit one name in all its rows."
    ),
    ProblemCode.UNIT_TWO_PARENTS: Message(
        "Row {first} puts this unit under '{other}'.", "Give a unit one unorIndukId in all its rows."
    ),
    ProblemCode.UNIT_PARENT_UNKNOWN: Message(
        "No row and no record has the unit '{value}'.", "Correct unorIndukId, or add that unit's head."
    ),
    ProblemCode.UNIT_LOOP: Message(
        "These units stand above each other in a circle: {chain}.", "Correct unorIndukId in one of these rows."
    ),
    ProblemCode.UNIT_SECOND_ROOT: Message(
        "This unit has none above it, and neither has '{other}'.",
        "Fill in unorIndukId: exactly one unit stands at the top.",
    ),
    ProblemCode.UNIT_TWO_HEADS: Message(
        "Row {first} already heads this unit.", "Only the head has jenisJabatan Struktural in a unit."
    ),
    ProblemCode.UNIT_WITHOUT_HEAD: Message(
        "Nobody in the unit '{name}' has a position of jenisJabatan Struktural: it has no head.",
        "Give its head jenisJabatan Struktural, unless the position is vacant.",
        warning=True,
    ),
    ProblemCode.UNIT_HEAD_ON_RECORD: Message(
        "{name} is on record as head of this unit and has no row in the file.",
        "Add that row, or end who is missing.",
        warning=True,
    ),
    ProblemCode.UNIT_UNKNOWN: Message(
        "No unit on record has the code '{value}'.", "Correct unorId, or import people and units first."
    ),
    ProblemCode.ENTRY_REPEATED: Message(
        "Row {first} has the same code for the same year.", "Keep one of the two rows."
    ),
    ProblemCode.ENDS_BEFORE_START: Message("The last day is before the first.", "Correct one of the two dates."),
    ProblemCode.OUTSIDE_YEAR: Message(
        "The training does not begin in the year {year}.", "Correct the date or the year."
    ),
    ProblemCode.TOPIC_UNKNOWN: Message(
        "'{value}' is no topic.", "Use words from: {known}; separate them by a semicolon."
    ),
    ProblemCode.BAD_AMOUNT: Message(
        "'{value}' is no amount in whole rupiah.", "Write digits without decimals, as 1500000 or 1.500.000."
    ),
    ProblemCode.NEGATIVE_AMOUNT: Message("'{value}' is below 0.", "Give what a seat costs; 0 where it costs nothing."),
    ProblemCode.GRADE_TWICE: Message(
        "Two golongan of the same employment are named.", "Keep the lowest one of PNS, of PPPK, or one of each."
    ),
    ProblemCode.COURSE_BEGUN: Message(
        "This course has begun by {day}: nobody is proposed for it.",
        "Check the year and the dates, unless you keep it for the record.",
        warning=True,
    ),
    ProblemCode.NO_SEATS: Message(
        "This course has no seats: nobody is proposed for it.",
        "Give the number of seats once it is known.",
        warning=True,
    ),
    ProblemCode.SEATS_GIVEN_AWAY: Message(
        "{given} seats of this course are given away already.", "Give at least as many seats."
    ),
    ProblemCode.COURSE_WITHDRAWN: Message(
        "This course is withdrawn, and stays so.", "Offer it again on the page of the catalogue.", warning=True
    ),
    ProblemCode.DAY_YEAR: Message("'{value}' lies outside the years {low} to {high}.", "Correct the year."),
    ProblemCode.DAY_REPEATED: Message("Row {first} has the same date.", "Keep one row for each day."),
    ProblemCode.DAY_WORKED_ANYWAY: Message(
        "This day is no day off without this row.",
        "Check the date: hari_kerja takes back a day that is known as a day off.",
        warning=True,
    ),
    ProblemCode.DAY_NOT_NAMED: Message(
        "{day} ({name}) is known as a day off, and the file does not name it. It stays a day off.",
        "Check the decree; if people work on that day, add a row with hari_kerja.",
        warning=True,
    ),
    ProblemCode.YEAR_NOT_SETTLED: Message(
        "With this file the dates of {year} are still not confirmed.",
        "Upload the whole decree: libur_nasional and cuti_bersama of the year.",
        warning=True,
    ),
    ProblemCode.UNIT_REPEATED: Message("Row {first} has the same unit.", "Keep one row for each unit."),
    ProblemCode.LEVEL_CONTRADICTS: Message(
        "The title of the position says {other}.", "Correct one of the two; the column counts.", warning=True
    ),
    ProblemCode.LEVEL_NOT_FUNCTIONAL: Message(
        "Only a functional position has a jenjang.", "Leave this cell empty, or correct jenisJabatan."
    ),
    ProblemCode.PERSON_UNKNOWN: Message("Nobody on record has this NIP.", "Correct it, or import this person first."),
    ProblemCode.DAY_IN_FUTURE: Message(
        "This day is after the one from which the file is valid.", "Give the day on which it was assessed."
    ),
    ProblemCode.ASSESSMENT_REPEATED: Message(
        "Row {first} has the same person, day and source.", "Keep one of the two rows."
    ),
    ProblemCode.COURSE_UNKNOWN: Message(
        "The catalogue of {year} has no course '{value}'.", "Correct the year or the code of the course."
    ),
    ProblemCode.SEAT_UNKNOWN: Message(
        "This person has no seat in {course}.", "Correct the row; only who was given a seat is recorded here."
    ),
    ProblemCode.SEAT_GIVEN_BACK: Message(
        "The seat of this person in {course} was given back.", "Remove the row, or give that seat anew first."
    ),
    ProblemCode.SEAT_OVER: Message("This training is over, and so is the look back on it.", "Remove the row."),
    ProblemCode.OWN_SEAT: Message("Nobody records the own attendance.", "Let another officer upload this row."),
    ProblemCode.COURSE_NOT_BEGUN: Message("{course} begins on {day}.", "Record who was there once it has begun."),
    ProblemCode.ATTENDANCE_REPEATED: Message(
        "Row {first} has the same person and course.", "Keep one of the two rows."
    ),
    ProblemCode.ATTENDANCE_RECORDED: Message(
        "The attendance is recorded already, and otherwise: {recorded}.",
        "Remove the row, or correct the hours on the page of the seat, with a reason.",
    ),
    ProblemCode.HOURS_ABOVE_CEILING: Message(
        "That would make {total} JP in {year}; a PPPK may have {most}.",
        "Take a seat of that year back, or correct hours that are wrong, before you record this one.",
    ),
    ProblemCode.CERTIFICATE_OF_ABSENT: Message(
        "Whoever was not there has no certificate.", "Clear the number, or correct hadir."
    ),
}
