"""Names joined: every rule's mentions of one release, without overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oncopact.lexicon import Lexicon
from oncopact.model import Document, Kind, Mention
from oncopact.recognizers import codes, companies, institutions, listed, molecules, short_names, targets, technologies
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
_ORDER = {
    name: at
    for at, name in enumerate(
        """lexicon conjugate.inn conjugate.halves conjugate.code conjugate.pair conjugate.brand antibody.inn antibody.brand antibody.code
        antibody.pair antibody.anti-target target.anti target.directed target.named-by target.long-form technology.platform
        technology.own-adc company.legal-form company.trade-word company.ticker company.short-name company.about
        company.acting company.cue institution.word product.brand product.inn product.code""".split()
    )
}


def recognize(document: Document, lexicon: Lexicon) -> tuple[Mention, ...]:
    """All names in a release, sorted by span, without overlap; none from safe-harbour text."""
    page = Page.of(document)
    found = [*listed.find(page, lexicon), *molecules.find(page, lexicon), *institutions.find(page)]
    aimed = [*targets.find(page, lexicon)]
    found.extend(aimed)
    found.extend(codes.find(page, found, lexicon))
    found.extend(codes.products(page))
    found.extend(codes.brands(page, tuple(found), lexicon))
    found.extend(targets.antibodies(page, [m for m in found if m.kind is Kind.TARGET]))
    found.extend(technologies.find(page, lexicon))
    found.extend(companies.find(page, document, lexicon))
    found = [m for m in found if page.speaks(m.span)]
    first = select(found, _ORDER).kept
    named = [m for m in first if m.kind is Kind.COMPANY]
    found.extend(m for m in short_names.find(page, named, lexicon) if page.speaks(m.span))
    return select(found, _ORDER).kept


def nested(mentions: Iterable[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Names inside of names: the target in each 'anti-CD44v6 antibody' of `recognize`, sorted by span.

    What a conjugate's name is made of is told by `molecules.parts`.
    """
    inner = (targets.targets_within(mention, lexicon) for mention in mentions)
    return tuple(mention for mention in inner if mention is not None)
