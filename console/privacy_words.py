"""What the map of personal data says around its tables, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Headings:
    """Of the three tables, with those of their columns."""

    categories: str
    category_columns: tuple[str, ...]
    tables: str
    table_columns: tuple[str, ...]
    places: str
    place_columns: tuple[str, ...]


HEADINGS = {
    "en": Headings(
        "What, why, how long, for whom",
        ("category", "what it is", "why", "law (how sure)", "how long", "who sees it"),
        "Where in the database",
        ("category", "table", "whose row", "ids of people", "names outside", "words", "facts", "secrets"),
        "Where else",
        ("place", "what it holds", "when it goes"),
    ),
    "id": Headings(
        "Apa, mengapa, berapa lama, untuk siapa",
        ("kategori", "isinya", "mengapa", "hukum (seberapa pasti)", "berapa lama", "siapa yang melihat"),
        "Di mana dalam basis data",
        ("kategori", "tabel", "baris milik", "id orang", "nama di luar", "kata-kata", "fakta", "rahasia"),
        "Di tempat lain",
        ("tempat", "isinya", "kapan hilang"),
    ),
}

INTRODUCTION = {
    "en": """# Personal data

The map of what Jenjang holds about people (UU 27/2022): what, whose, why, how long, who sees it, and where it stands. Made of
`appraisal/privacy/personal_data.py` and `adapters/database/holdings/` by `python -m console.privacy`; do not edit it by
hand. A table or a column that the map does not know fails a test (`tests/adapters/test_holdings.py`).
In Indonesian: [privasi.md](privasi.md).

- **ids of people** name nobody outside this database: names and NIPs stand in `person`, and where *names outside* says so.
- **words** were typed by people and can say anything. **facts** are what the rules know. **secrets** are digests, or sealed.
- Columns that are not listed are keys, dates and states.
- There is no field for health, religion, family, finances, biometrics or convictions, and no text should speak of them.
- Periods of the law were not found, so each is the agency's to set; nothing is removed by its age before that.
""",
    "id": """# Data pribadi

Peta data orang yang disimpan Jenjang (UU 27/2022): apa, milik siapa, mengapa, berapa lama, siapa yang melihat, dan di mana.
Dibuat dari `appraisal/privacy/personal_data.py` dan `adapters/database/holdings/` dengan `python -m console.privacy`; jangan
disunting dengan tangan. Tabel atau kolom yang tidak dikenal peta ini menggagalkan pengujian (`tests/adapters/test_holdings.py`).
Dalam bahasa Inggris: [privacy.md](privacy.md).

- **id orang** tidak menyebut siapa pun di luar basis data ini: nama dan NIP ada di `person`, dan di tempat yang tertulis di
  *nama di luar*.
- **kata-kata** diketik orang dan dapat berisi apa saja. **fakta** dikenal oleh aturan. **rahasia** berupa sidik atau disegel.
- Kolom yang tidak disebut adalah kunci, tanggal, dan keadaan.
- Tidak ada kolom untuk kesehatan, agama, keluarga, keuangan, biometrik, atau catatan kejahatan, dan tidak satu pun teks
  sebaiknya membicarakannya.
- Jangka simpan menurut hukum tidak ditemukan, jadi instansi yang menetapkannya; sebelum itu tidak ada yang dihapus karena
  usianya.
""",
}
