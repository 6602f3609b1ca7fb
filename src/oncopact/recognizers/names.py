"""Names joined: every rule's mentions of one release, without overlap."""

from __future__ import annotations

from dataclasses import dataclass

from oncopact.lexicon import Lexicon
from oncopact.model import Document, Kind, Mention
from oncopact.recognizers import companies, institutions, listed, molecules, short_names
from oncopact.recognizers.overlap import select
from oncopact.recognizers.page import Page


@dataclass(frozen=True, slots=True)
class NameRule:
    """A rule that reads names.

    Attributes:
        name: As `Mention.rule` has it.
        description: What it reads.
        example: A sentence in which it reads a name.
        counterexample: A sentence that looks alike and in which it reads none.
    """

    name: str
    description: str
    example: str
    counterexample: str


RULES: tuple[NameRule, ...] = ()
_ORDER = {rule.name: at for at, rule in enumerate(RULES)}


def recognize(document: Document, lexicon: Lexicon) -> tuple[Mention, ...]:
    """All names in a release, sorted by span, without overlap; none from safe-harbour text."""
    page = Page.of(document)
    found = [*listed.find(page, lexicon), *molecules.find(page, lexicon), *institutions.find(page)]
    found.extend(companies.find(page, document, lexicon))
    found = [m for m in found if page.speaks(m.span)]
    first = select(found, _ORDER).kept
    named = [m for m in first if m.kind is Kind.COMPANY]
    found.extend(m for m in short_names.find(page, named, lexicon) if page.speaks(m.span))
    return select(found, _ORDER).kept
