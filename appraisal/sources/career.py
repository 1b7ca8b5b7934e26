"""The rules of the field about recognition and career. How they are kept: rule.py."""

from appraisal.sources.rule import N_, Rule, Setting, Sure, Topic

CAREER: dict[str, Rule] = {
    "career_by_people": Rule(
        Topic.AFTERWARDS,
        N_(
            "Nothing about a career is decided by a machine: all of it is proposed with reasons, and a named person decides."
        ),
        "UU 27/2022 (PDP), Pasal 10",
        *(Sure.SEEN, "career/decisions:settled"),
    ),
    "credit_formula": Rule(
        Topic.AFTERWARDS,
        N_("Angka kredit is months / 12 × the percentage of the predicate × the coefficient of the level."),
        "PermenPANRB 1/2023; Peraturan BKN 3/2023",
        *(Sure.SECOND_HAND, "career/credit:Conversion"),
    ),
    "credit_percent": Rule(
        Topic.AFTERWARDS,
        N_(
            "Very good counts one and a half times, good once, needs improvement 75 in a hundred, poor 50, very poor 25."
        ),
        "PermenPANRB 1/2023; Peraturan BKN 3/2023",
        *(Sure.SEEN, "career/credit:PERCENT"),
    ),
    "credit_coefficient": Rule(
        Topic.AFTERWARDS,
        N_(
            "A year counts 12.5 (Ahli Pertama, Mahir), 25 (Ahli Muda, Penyelia), 37.5 (Ahli Madya), 50 (Ahli Utama), 5 or 3.75."
        ),
        "PermenPANRB 1/2023; Peraturan BKN 3/2023",
        *(Sure.SECOND_HAND, "career/credit:PER_YEAR"),
    ),
    "credit_needed": Rule(
        Topic.AFTERWARDS,
        N_("The next rank and the next level each need so much angka kredit, collected at the present level."),
        "PermenPANRB 1/2023; Peraturan BKN 3/2023",
        *(Sure.SECOND_HAND, "career/credit:NEEDED"),
    ),
    "credit_rounding": Rule(
        Topic.AFTERWARDS,
        N_("How angka kredit is rounded is set by the agency; the BKN's example shows two places."),
        *("", Sure.CONFIGURED, "career/credit:Rounding", Setting.INSTALLATION, "career: places, rounding"),
    ),
    "credit_months": Rule(
        Topic.AFTERWARDS,
        N_(
            "A month counts where the functional position is held on the 28th; HR can confirm other months with a reason."
        ),
        *("", Sure.CONFIGURED, "career/credit:months_held", Setting.CODE),
    ),
    "credit_counts": Rule(
        Topic.AFTERWARDS,
        N_("What was earned at an earlier level does not count at the present one."),
        *("", Sure.CONFIGURED, "career/credit:Progress", Setting.CODE),
    ),
    "credit_level": Rule(
        Topic.AFTERWARDS,
        N_("The level of a functional position stands in the file of people, else at the end of the position's title."),
        *("", Sure.CONFIGURED, "vocabulary:Level", Setting.CODE),
    ),
    "talent_map": Rule(
        Topic.AFTERWARDS,
        N_(
            "The talent map has nine boxes of performance and potential; its top row is 4, 7, 9, then 2, 5, 8 and 1, 3, 6."
        ),
        "PermenPANRB 3/2020",
        *(Sure.SEEN, "career/talent:BOXES"),
    ),
    "talent_advice": Rule(
        Topic.AFTERWARDS,
        N_("Each box has its recommendation. It is one: nobody is promoted by a box."),
        "PermenPANRB 3/2020 (lampiran tidak terbaca; beberapa aplikasi publik sama bunyinya)",
        *(Sure.SECOND_HAND, "career/talent:ADVICE"),
    ),
    "talent_cutoffs": Rule(
        Topic.AFTERWARDS,
        N_("From which scores on a potential is middle or high differs by agency, which sets it."),
        *("", Sure.CONFIGURED, "career/talent:CutOffs", Setting.INSTALLATION, "career: high, middle"),
    ),
    "talent_performance": Rule(
        Topic.AFTERWARDS,
        N_(
            "Where a predicate lies on the axis of performance is set by the agency: very good above, good as expected."
        ),
        *("", Sure.CONFIGURED, "career/talent:AXIS", Setting.INSTALLATION, "career: axis"),
    ),
    "talent_committee": Rule(
        Topic.AFTERWARDS,
        N_("A member of the committee (tim penilai kinerja) decides on boxes and successors, by name."),
        "PP 30/2019, Pasal 1 angka 9",
        *(Sure.SEEN, "career/career:BY_COMMITTEE"),
    ),
    "own_box": Rule(
        Topic.AFTERWARDS,
        N_("Whether employees see the own box is set by the agency; the reasons that concern them they always see."),
        *("", Sure.CONFIGURED, "career/policy:CareerPolicy", Setting.INSTALLATION, "career: own_box"),
    ),
    "succession_pool": Rule(
        Topic.AFTERWARDS,
        N_("Boxes 7, 8 and 9 are the pool of successors (kelompok rencana suksesi)."),
        "PermenPANRB 3/2020",
        *(Sure.SECOND_HAND, "career/talent:POOL"),
    ),
    "succession_post": Rule(
        Topic.AFTERWARDS,
        N_("A successor is proposed for the nearest position above that leads a unit."),
        *("", Sure.CONFIGURED, "career/career:_succession", Setting.CODE),
    ),
    "very_good_twice": Rule(
        Topic.AFTERWARDS,
        N_("Two years running very good: priority for the pool of successors and for the development of competence."),
        "PP 30/2019 (penghargaan; pasal tidak ditemukan)",
        *(Sure.SECOND_HAND, "career/recognition:very_good_twice"),
    ),
    "satyalancana": Rule(
        Topic.AFTERWARDS,
        N_("Satyalancana Karya Satya after 10, 20, 30 years of unbroken service without medium or heavy discipline."),
        "PP 35/2010, Pasal 22",
        *(Sure.SEEN, "career/recognition:SERVICE"),
    ),
    "awards": Rule(
        Topic.AFTERWARDS,
        N_("Other awards: tanda kehormatan, extraordinary promotion, priority for development, official events."),
        "PP 30/2019 (penghargaan lain oleh PPK); denpasar.bkn.go.id (bentuk penghargaan)",
        *(Sure.SEEN, "career/recognition:GIVEN"),
    ),
}
