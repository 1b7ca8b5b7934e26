"""What keeps a process from starting and can be put right by the person who starts it."""


class CannotStart(Exception):
    """The message is one sentence for that person: what is wrong and what to do. The command line shows it alone."""
