"""What a store can do, whichever it is."""

from pathlib import Path
from typing import Protocol

from runtime.errors import CannotStart


class CannotCopy(CannotStart):
    """A store cannot be copied or put back."""


class Store(Protocol):
    """One database of the installation. All of it blocks."""

    @property
    def name(self) -> str:
        """Of its copy in the archive; it tells the kind too."""

    @property
    def place(self) -> str:
        """Where it is, for a person; without a password."""

    def revision(self) -> str:
        """Of its schema, where it is Jenjang's."""

    def copy(self, target: Path) -> None:
        """Write what is committed at one moment to a new file, while others go on."""

    def in_use(self) -> bool:
        """Whether any program is connected."""

    def holds_data(self) -> bool:
        """Whether something would be replaced."""

    def put(self, copy: Path, aside: Path) -> None:
        """Make the copy the store. What was there goes to the folder `aside`, if it can."""
