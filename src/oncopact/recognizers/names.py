"""Names joined: every rule's mentions of one release, without overlap.

The order matters once: companies are found in full before their short names and their neighbours in lists, and codes
after the conjugates that say what a code is another name of.
"""

from __future__ import annotations

from collections.abc import Iterable

from oncopact.lexicon import Lexicon
from oncopact.model import Document, Kind, Mention
from oncopact.recognizers import (
    codes,
    companies,
    company_neighbours,
    institutions,
    listed,
    molecules,
    payloads,
    products,
    short_names,
    targets,
    technologies,
)
from oncopact.recognizers.name_rules import ORDER, RULES, NameRule
from oncopact.recognizers.overlap import Selection, select
from oncopact.recognizers.page import Page

__all__ = ["RULES", "NameRule", "nested", "recognize", "recognize_all"]


def recognize(document: Document, lexicon: Lexicon, *, page: Page | None = None) -> tuple[Mention, ...]:
    """All names in a release, sorted by span, without overlap; none from safe-harbour text.

    Args:
        document: The release.
        lexicon: The vocabulary.
        page: The document's page, where it is made already.
    """
    return recognize_all(document, lexicon, page=page).kept


def recognize_all(document: Document, lexicon: Lexicon, *, page: Page | None = None) -> Selection:
    """All names in a release, with those that gave way to longer or better ones and why."""
    page = page or Page.of(document)
    found = [*listed.find(page, lexicon), *molecules.find(page, lexicon), *institutions.find(page)]
    found.extend(institutions.initials(page))
    found.extend(companies.find(page, document, lexicon))
    found.extend(targets.find(page, lexicon))
    found.extend(targets.beside(page, found, lexicon))
    found.extend(codes.find(page, found, lexicon))
    coded = {mention.text for mention in found if mention.rule.endswith(".code") and mention.rule != "antibody.code"}
    found = [m for m in found if not (m.kind is Kind.TARGET and m.rule != "lexicon" and m.text in coded)]
    found.extend(products.inns(page))
    found.extend(products.brands(page, tuple(found), lexicon))
    found.extend(targets.antibodies(page, [m for m in found if m.kind is Kind.TARGET]))
    found.extend(payloads.find(page, lexicon))
    found.extend(payloads.agents(page, lexicon))
    traders = {mention.text for mention in found if mention.kind is Kind.COMPANY}
    found.extend(m for m in technologies.find(page, lexicon) if m.text not in traders)
    found.extend(products.conjugates(page, tuple(found), lexicon))
    found.extend(products.trademarks(page, tuple(found)))
    found.extend(products.pairs(page, tuple(found)))
    found = [mention for mention in found if page.speaks(mention.span)]
    found.extend(_short(page, _named(found)))
    neighbours = [
        companies.keyed(m, lexicon)
        for m in company_neighbours.beside(page, _named(found), found)
        if page.speaks(m.span)
    ]
    found.extend(neighbours)
    found.extend(_short(page, neighbours))
    return select(found, ORDER)


def _named(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """The companies' names without overlap."""
    return select((mention for mention in found if mention.kind is Kind.COMPANY), ORDER).kept


def _short(page: Page, named: Iterable[Mention]) -> list[Mention]:
    return [mention for mention in short_names.find(page, named) if page.speaks(mention.span)]


def nested(mentions: Iterable[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """Names inside of names: the target in each 'anti-CD44v6 antibody' of `recognize`, sorted by span.

    What a conjugate's name is made of is told by `molecules.parts`.
    """
    inner = (targets.targets_within(mention, lexicon) for mention in mentions)
    return tuple(mention for mention in inner if mention is not None)
