"""What the command says in one sentence instead of a traceback."""

from __future__ import annotations


class CommandError(Exception):
    """The command cannot do what it was asked. The message says what is wrong and what to do."""
