"""Whether every text of the pages has its translation. Part of `./run check`: python -m console.translations"""

import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "api" / "locale"


def texts() -> set[str]:
    """The texts that templates and Python files of the API mark for translation."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    found = extract_from_dir(ROOT, method_map=methods, directory_filter=_is_ours)
    return {_singular(text) for _, _, text, _, _ in found}


def complaints(file: Path, wanted: set[str]) -> Iterator[str]:
    """What is wrong with one catalogue, a line for each text."""
    catalog = read_po(BytesIO(file.read_bytes()), abort_invalid=True)
    known = {_singular(message.id): message for message in catalog if message.id}
    for text in sorted(wanted):
        message = known.get(text)
        if message is None:
            yield f"missing: {text!r}"
        elif message.fuzzy:
            yield f"to be confirmed (fuzzy): {text!r}"
        elif not _translated(message):
            yield f"not translated: {text!r}"
    for text in sorted(set(known) - wanted):
        yield f"no page uses it: {text!r}"
    for message, errors in catalog.check():
        yield from (f"{error}: {_singular(message.id)!r}" for error in errors)


def main() -> int:
    """0 where every catalogue is complete, else 1 and the reasons on stdout."""
    wanted, failed = texts(), False
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        for line in complaints(file, wanted):
            failed = True
            print(f"{file.relative_to(ROOT)}: {line}")
    return int(failed)


def _is_ours(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in {"node_modules", "static", "tests", "var"}


def _singular(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _translated(message: Message) -> bool:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


if __name__ == "__main__":
    sys.exit(main())
