"""What can go wrong, said in one line: what, where, and what to do.

One root, one branch per stage. The command line prints the message and nothing else; a batch turns a release's
error into a counted failure and goes on.
"""

from __future__ import annotations


class OncopactError(Exception):
    """The root of every error that oncopact raises on purpose.

    Args:
        what: What went wrong, without a full stop.
        where: The file, line or node it happened at, as the user named it.
        remedy: What the user can do about it.

    >>> str(OncopactError("the file is empty", where="a.txt", remedy="give a release with text"))
    'a.txt: the file is empty; give a release with text'
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__((f"{where}: " if where else "") + what + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """Survive a process boundary with all three parts."""
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[OncopactError], what: str, where: str, remedy: str) -> OncopactError:
    return kind(what, where=where, remedy=remedy)


class ReadError(OncopactError):
    """A file could not be read as a release: missing, empty, binary, no text."""


class PlaceError(OncopactError):
    """A URL could not be read from or written to: nothing there, no access, no package for its protocol."""


class NotARelease(ReadError):  # noqa: N818  (the name says what the input is, not that something broke)
    """The input is readable but is no press release (an index page, an exhibit of another kind)."""


class NothingReadError(ReadError):
    """None of the inputs gave a release."""


class VocabularyError(OncopactError):
    """A vocabulary file breaks its rules; `where` names file and line."""


class GraphError(OncopactError):
    """A graph could not be read, written or queried."""


class ValidationError(GraphError):
    """A graph does not conform to the shapes."""


class QueryError(GraphError):
    """A SPARQL query is unknown or malformed."""


class StoreError(GraphError):
    """A store cannot be opened, is in use by another process, or is of another kind."""


class LoadError(GraphError):
    """A triple store could not be reached, refused, failed, or holds something else than it was sent."""


class OutputError(OncopactError):
    """A result could not be written (no space, no permission)."""


class EngineError(OncopactError):
    """Work could not be spread: no such engine, no scheduler, or the workers died."""
