"""The seven BerAKHLAK values, each with its three guides to conduct (panduan perilaku).

The wording is the law's and stays Indonesian. Rule: behaviours.
"""

from appraisal.vocabulary import Behaviour

NAMES: dict[Behaviour, str] = {
    Behaviour.BP: "Berorientasi Pelayanan",
    Behaviour.AK: "Akuntabel",
    Behaviour.KO: "Kompeten",
    Behaviour.HA: "Harmonis",
    Behaviour.LO: "Loyal",
    Behaviour.AD: "Adaptif",
    Behaviour.KB: "Kolaboratif",
}

GUIDES: dict[Behaviour, tuple[str, str, str]] = {
    Behaviour.BP: (
        "Memahami dan memenuhi kebutuhan masyarakat",
        "Ramah, cekatan, solutif, dan dapat diandalkan",
        "Melakukan perbaikan tiada henti",
    ),
    Behaviour.AK: (
        "Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi",
        "Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien",
        "Tidak menyalahgunakan kewenangan jabatan",
    ),
    Behaviour.KO: (
        "Meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah",
        "Membantu orang lain belajar",
        "Melaksanakan tugas dengan kualitas terbaik",
    ),
    Behaviour.HA: (
        "Menghargai setiap orang apa pun latar belakangnya",
        "Suka menolong orang lain",
        "Membangun lingkungan kerja yang kondusif",
    ),
    Behaviour.LO: (
        "Memegang teguh ideologi Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah",
        "Menjaga nama baik sesama ASN, pimpinan, instansi, dan negara",
        "Menjaga rahasia jabatan dan negara",
    ),
    Behaviour.AD: (
        "Cepat menyesuaikan diri menghadapi perubahan",
        "Terus berinovasi dan mengembangkan kreativitas",
        "Bertindak proaktif",
    ),
    Behaviour.KB: (
        "Memberi kesempatan kepada berbagai pihak untuk berkontribusi",
        "Terbuka dalam bekerja sama untuk menghasilkan nilai tambah",
        "Menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama",
    ),
}
