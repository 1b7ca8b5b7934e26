"""The rules of the field for what goes out to SIASN, the personnel system of BKN. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

SIASN: dict[str, Rule] = {
    "siasn_record": Rule(
        Topic.AFTERWARDS,
        N_(
            "A result goes to SIASN as one record for each person and year, or period; the same year replaces what is there."
        ),
        "Layanan SIASN /skp22/save dan /kinerjaperiodik/save (kode publik; dokumen resmi BKN tidak ditemukan)",
        *(Sure.SECOND_HAND, "siasn/result:rating_record"),
    ),
    "siasn_ratings": Rule(
        Topic.AFTERWARDS,
        N_("In SIASN a rating is 1 above, 2 as expected, 3 below expectations."),
        "Layanan SIASN (kode publik; dokumen resmi BKN tidak ditemukan)",
        *(Sure.SECOND_HAND, "siasn/result:RATING_CODES"),
    ),
    "siasn_courses": Rule(
        Topic.AFTERWARDS,
        N_("A course that was attended goes to SIASN as one record for each person and course, with its certificate."),
        "Layanan SIASN /kursus/save (kode publik; dokumen resmi BKN tidak ditemukan)",
        *(Sure.SECOND_HAND, "siasn/course:course_record"),
    ),
    "siasn_talent": Rule(
        Topic.AFTERWARDS,
        N_("The confirmed box of the talent map goes to SIASN as one record for each person and year."),
        "Layanan SIASN /tm/talentmapping-save (kode publik; dokumen resmi BKN tidak ditemukan)",
        *(Sure.SECOND_HAND, "siasn/talent:talent_record"),
    ),
    "siasn_forms": Rule(
        Topic.AFTERWARDS,
        N_(
            "What SIASN calls the parts of a course, where it gives courses and boxes back, and which numbers it has for "
            "boxes and axes was not found: BKN tells the agency. Without it neither is sent."
        ),
        *("", Sure.CONFIGURED, "siasn/talent:TalentForm", Setting.INSTALLATION, "JENJANG_SIASN_CODES"),
    ),
    "siasn_codes": Rule(
        Topic.AFTERWARDS,
        N_(
            "Which codes SIASN has for predicates, grades, periods and supervisors who are no civil servants was not found: "
            "BKN tells the agency. Without its code a result is not sent."
        ),
        *("", Sure.CONFIGURED, "siasn/result:Codes", Setting.INSTALLATION, "JENJANG_SIASN_CODES"),
    ),
}
