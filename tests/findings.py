"""Two small releases that we wrote, their findings made by hand: what the rooms after extraction are tested on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from oncopact.model import (
    Agreement,
    AgreementKind,
    Basis,
    Document,
    Entity,
    EventKind,
    Evidence,
    Findings,
    Kind,
    Milestone,
    MilestoneKind,
    Modality,
    Name,
    PartialDate,
    Payment,
    PaymentKind,
    Qualifier,
    Relation,
    Release,
    Section,
    SectionKind,
    Source,
    Span,
    Status,
)
from oncopact.text import OffsetMap, folded

MILESTONE_TEXT = """\
FIRST PATIENT TREATED WITH
BIVATUZUMAB MERTANSINE

INGELHEIM, Germany, October 15, 2002 - Boehringer Ingelheim and ImmunoGen, Inc. (Nasdaq: IMGN) said today that the
start of clinical testing of bivatuzumab mertansine obliges Boehringer Ingelheim to make a payment of undisclosed
size to ImmunoGen. Boehringer Ingelheim GmbH runs the trial.

The compound joins Boehringer Ingelheim's anti-CD44v6 antibody to DM1, a derivative of maytansine.

In November 2001, ImmunoGen licensed its Tumor-Activated Prodrug (TAP) technology to Boehringer Ingelheim for
antibodies to CD44. ImmunoGen was paid a fee on signing, and is due further milestone payments and royalties on sales.

About ImmunoGen
huN901-DM1, also called BB-10901, is licensed to British Biotech in certain territories.

Contact: Marlow Street Communications
"""

LICENCE_TEXT = """\
Halden Bio Licenses HB-204 to Corvane

OSLO, 3 March 2023 - Halden Bio AS granted Corvane Therapeutics, Inc. an exclusive licence to HB-204, worldwide except
Japan, under an agreement signed on 28 February 2023. Corvane pays Halden $45 million upfront and up to $1.2 billion
on milestones, with royalties of 8% to 12.5%. A first patient is expected in the second half of 2023.
"""


@dataclass(frozen=True)
class Writer:
    """Makes evidence by pointing at a text's own words."""

    text: str
    sections: tuple[Section, ...]

    def span(self, quote: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(quote, start + 1)
        return Span(start, start + len(quote))

    def evidence(
        self,
        quote: str,
        prop: str | None = None,
        value: str | None = None,
        *,
        nth: int = 0,
        rule: str = "by-hand",
        basis: Basis = Basis.STATED,
        modality: Modality = Modality.ASSERTED,
        negated: bool = False,
    ) -> Evidence:
        span = self.span(quote, nth)
        kind = next(section.kind for section in self.sections if section.span.covers(span))
        return Evidence(span, quote, rule, kind, prop, value, basis, modality, negated)

    def entity(self, entity_id: str, kind: Kind, label: str, *names: tuple[str, str], key: bool = False) -> Entity:
        made = tuple(
            Name(folded(quote), role, self.evidence(quote, role, folded(quote), rule="name")) for quote, role in names
        )
        return Entity(entity_id, kind, label, made, entity_id if key else None)

    def relation(self, subject: str, prop: str, value: str, *evidence: Evidence, literal: bool = False) -> Relation:
        return Relation(subject, prop, value, evidence, literal)


ALT, CODE, TICKER = "skos:altLabel", "op:codeName", "op:ticker"
BOEHRINGER, IMMUNOGEN, BRITISH = "company/boehringer-ingelheim", "company/immunogen", "company/british-biotech"
BIVATUZUMAB, HUN901 = "conjugate/bivatuzumab-mertansine", "conjugate/hun901-dm1"


def release_of(text: str, name: str, accession: str | None = None) -> Release:
    identity = hashlib.sha256(folded(text).encode()).hexdigest()[:16]
    return Release(identity, text, OffsetMap.identity(), Source(name, accession_number=accession))


def _writer(text: str, about: str | None) -> Writer:
    title = Span(0, text.index("\n\n"))
    dash = text.index(" - ") + 3
    end = text.index(about) if about else len(text)
    contact = text.index("Contact:") if "Contact:" in text else len(text)
    parts = [
        Section(SectionKind.HEADLINE, title),
        Section(SectionKind.DATELINE, Span(title.end + 2, dash)),
        Section(SectionKind.BODY, Span(dash, end)),
    ]
    if about:
        parts.append(Section(SectionKind.ABOUT, Span(end, contact), subject=about.removeprefix("About ")))
    if contact < len(text):
        parts.append(Section(SectionKind.CONTACTS, Span(contact, len(text))))
    return Writer(text, tuple(parts))


def milestone_findings(name: str = "immunogen-2002-10-15.txt") -> Findings:
    """A milestone reached, its payment, the licence behind it and one more licence."""
    w = _writer(MILESTONE_TEXT, "About ImmunoGen")
    document = Document(
        release_of(w.text, name, "0000855654-02-000042"),
        w.sections,
        (),
        title=w.sections[0].span,
        dateline=w.sections[1].span,
        issued=PartialDate("2002-10-15", "2002-10-15", "2002-10-15"),
        issued_span=w.span("October 15, 2002"),
    )
    return Findings(
        document,
        entities=tuple(sorted(_milestone_entities(w), key=lambda item: item.id)),
        relations=_milestone_relations(w),
        agreements=_milestone_agreements(w),
        milestones=(
            Milestone(
                "start of clinical testing",
                MilestoneKind.CLINICAL,
                Status.ACHIEVED,
                product=BIVATUZUMAB,
                agreement=0,
                achieved_by=(BOEHRINGER,),
                triggers=(0,),
                evidence=(w.evidence("start of clinical testing of bivatuzumab mertansine"),),
            ),
        ),
        payments=_milestone_payments(w),
        issuers=(BOEHRINGER, IMMUNOGEN),
        contacts=("Marlow Street Communications",),
    )


def _milestone_entities(w: Writer) -> list[Entity]:
    return [
        w.entity(BOEHRINGER, Kind.COMPANY, "Boehringer Ingelheim", ("Boehringer Ingelheim", ALT), key=True),
        w.entity(
            "company/boehringer-ingelheim-gmbh",
            Kind.COMPANY,
            "Boehringer Ingelheim GmbH",
            ("Boehringer Ingelheim GmbH", ALT),
        ),
        w.entity(
            IMMUNOGEN,
            Kind.COMPANY,
            "ImmunoGen",
            ("ImmunoGen", ALT),
            ("ImmunoGen, Inc.", ALT),
            ("Nasdaq: IMGN", TICKER),
            key=True,
        ),
        w.entity(BRITISH, Kind.COMPANY, "British Biotech", ("British Biotech", ALT), key=True),
        w.entity(BIVATUZUMAB, Kind.CONJUGATE, "bivatuzumab mertansine", ("bivatuzumab mertansine", ALT), key=True),
        w.entity(HUN901, Kind.CONJUGATE, "huN901-DM1", ("huN901-DM1", CODE), ("BB-10901", CODE), key=True),
        Entity("antibody/bivatuzumab", Kind.ANTIBODY, "bivatuzumab", (), "antibody/bivatuzumab"),
        w.entity("antibody/anti-cd44v6", Kind.ANTIBODY, "anti-CD44v6 antibody", ("anti-CD44v6 antibody", ALT)),
        Entity("antibody/hun901", Kind.ANTIBODY, "huN901", (), "antibody/hun901"),
        w.entity("payload/dm1", Kind.PAYLOAD, "DM1", ("DM1", ALT), key=True),
        w.entity("payload/maytansine", Kind.PAYLOAD, "maytansine", ("maytansine", ALT), key=True),
        w.entity("target/cd44v6", Kind.TARGET, "CD44v6", ("CD44v6", ALT), key=True),
        Entity(
            "target/cd44",
            Kind.TARGET,
            "CD44",
            (Name("CD44", ALT, w.evidence("CD44", ALT, "CD44", nth=1, rule="name")),),
            "target/cd44",
        ),
        w.entity(
            "technology/tap",
            Kind.TECHNOLOGY,
            "TAP",
            ("Tumor-Activated Prodrug", ALT),
            ("TAP", ALT),
            key=True,
        ),
    ]


def _milestone_relations(w: Writer) -> tuple[Relation, ...]:
    joins = "The compound joins Boehringer Ingelheim's anti-CD44v6 antibody to DM1"
    return (
        w.relation(
            "antibody/anti-cd44v6", "op:bindsTarget", "target/cd44v6", w.evidence("anti-CD44v6 antibody", rule="anti")
        ),
        w.relation("antibody/anti-cd44v6", "op:developedBy", BOEHRINGER, w.evidence(joins)),
        w.relation(
            "company/boehringer-ingelheim-gmbh",
            "op:partOfGroup",
            BOEHRINGER,
            w.evidence("Boehringer Ingelheim GmbH", rule="group-name"),
        ),
        w.relation(
            BIVATUZUMAB,
            "op:hasAntibody",
            "antibody/bivatuzumab",
            w.evidence("bivatuzumab", rule="inn", basis=Basis.NAME_ENCODED),
        ),
        w.relation(
            BIVATUZUMAB,
            "op:hasPayload",
            "payload/dm1",
            w.evidence(joins),
            w.evidence("mertansine", rule="inn", basis=Basis.NAME_ENCODED),
        ),
        w.relation(BIVATUZUMAB, "op:bindsTarget", "target/cd44v6", w.evidence(joins)),
        w.relation(BIVATUZUMAB, "op:developedBy", BOEHRINGER, w.evidence(joins)),
        w.relation(
            HUN901,
            "op:hasAntibody",
            "antibody/hun901",
            w.evidence("huN901", rule="code-halves", basis=Basis.NAME_ENCODED),
        ),
        w.relation(
            HUN901, "op:hasPayload", "payload/dm1", w.evidence("DM1", nth=1, rule="inn", basis=Basis.NAME_ENCODED)
        ),
        w.relation(
            "payload/dm1", "op:derivativeOf", "payload/maytansine", w.evidence("DM1, a derivative of maytansine")
        ),
        w.relation("technology/tap", "op:ownedBy", IMMUNOGEN, w.evidence("ImmunoGen licensed its Tumor-Activated")),
    )


def _milestone_agreements(w: Writer) -> tuple[Agreement, ...]:
    deal = "ImmunoGen licensed its Tumor-Activated Prodrug (TAP) technology to Boehringer Ingelheim"
    other = "huN901-DM1, also called BB-10901, is licensed to British Biotech in certain territories"
    return (
        Agreement(
            AgreementKind.LICENCE,
            EventKind.REFERENCED,
            (IMMUNOGEN, BOEHRINGER),
            licensors=(IMMUNOGEN,),
            licensees=(BOEHRINGER,),
            technologies=("technology/tap",),
            targets=("target/cd44",),
            products=(BIVATUZUMAB,),
            signed=PartialDate("2001-11", "2001-11-01", "2001-11-30"),
            evidence=(
                w.evidence(deal),
                w.evidence(deal, "op:licensor", IMMUNOGEN),
                w.evidence(deal, "op:licensee", BOEHRINGER),
                w.evidence("In November 2001", "op:signedOn", "2001-11"),
            ),
        ),
        Agreement(
            AgreementKind.LICENCE,
            EventKind.REFERENCED,
            (IMMUNOGEN, BRITISH),
            licensors=(IMMUNOGEN,),
            licensees=(BRITISH,),
            products=(HUN901,),
            territory="certain territories",
            evidence=(w.evidence(other),),
        ),
    )


def _milestone_payments(w: Writer) -> tuple[Payment, ...]:
    undisclosed = Qualifier.UNDISCLOSED
    return (
        Payment(
            PaymentKind.MILESTONE,
            undisclosed,
            payers=(BOEHRINGER,),
            payees=(IMMUNOGEN,),
            agreement=0,
            text="undisclosed size",
            evidence=(w.evidence("a payment of undisclosed\nsize to ImmunoGen", "op:payee", IMMUNOGEN),),
        ),
        Payment(
            PaymentKind.UPFRONT,
            undisclosed,
            payers=(BOEHRINGER,),
            payees=(IMMUNOGEN,),
            agreement=0,
            evidence=(w.evidence("ImmunoGen was paid a fee on signing"),),
        ),
        Payment(
            PaymentKind.MILESTONE,
            undisclosed,
            payers=(BOEHRINGER,),
            payees=(IMMUNOGEN,),
            agreement=0,
            evidence=(w.evidence("due further milestone payments", modality=Modality.CONDITIONAL),),
        ),
        Payment(
            PaymentKind.ROYALTY,
            undisclosed,
            payers=(BOEHRINGER,),
            payees=(IMMUNOGEN,),
            agreement=0,
            evidence=(w.evidence("royalties on sales", modality=Modality.CONDITIONAL),),
        ),
    )


HALDEN, CORVANE, HB204 = "company/halden-bio", "company/corvane-therapeutics", "conjugate/hb-204"


def licence_findings(name: str = "halden.txt") -> Findings:
    """A licence of companies that no vocabulary lists, with figures."""
    w = _writer(LICENCE_TEXT, None)
    issued = PartialDate("2023-03-03", "2023-03-03", "2023-03-03")
    document = Document(
        release_of(w.text, name),
        w.sections,
        (),
        title=w.sections[0].span,
        dateline=w.sections[1].span,
        issued=issued,
        issued_span=w.span("3 March 2023"),
    )
    grant = "Halden Bio AS granted Corvane Therapeutics, Inc. an exclusive licence to HB-204"
    pays = "Corvane pays Halden $45 million upfront"
    return Findings(
        document,
        entities=(
            w.entity(
                CORVANE,
                Kind.COMPANY,
                "Corvane Therapeutics, Inc.",
                ("Corvane", ALT),
                ("Corvane Therapeutics, Inc.", ALT),
            ),
            w.entity(HALDEN, Kind.COMPANY, "Halden Bio AS", ("Halden Bio", ALT), ("Halden Bio AS", ALT)),
            w.entity(HB204, Kind.CONJUGATE, "HB-204", ("HB-204", CODE)),
        ),
        relations=(w.relation(HB204, "op:developedBy", HALDEN, w.evidence(grant)),),
        agreements=(
            Agreement(
                AgreementKind.LICENCE,
                EventKind.ANNOUNCED,
                (HALDEN, CORVANE),
                licensors=(HALDEN,),
                licensees=(CORVANE,),
                products=(HB204,),
                exclusive=True,
                territory="worldwide",
                excluded_territory="Japan",
                signed=PartialDate("2023-02-28", "2023-02-28", "2023-02-28"),
                evidence=(w.evidence(grant), w.evidence("exclusive", "op:exclusive", "true")),
            ),
        ),
        milestones=(
            Milestone(
                "first patient",
                MilestoneKind.CLINICAL,
                Status.PLANNED,
                product=HB204,
                date=PartialDate("2023-07/2023-12", "2023-07-01", "2023-12-31"),
                evidence=(w.evidence("A first patient is expected", modality=Modality.PLANNED),),
            ),
        ),
        payments=(
            Payment(
                PaymentKind.UPFRONT,
                Qualifier.EXACT,
                Decimal("45000000"),
                "USD",
                payers=(CORVANE,),
                payees=(HALDEN,),
                agreement=0,
                text="$45 million",
                evidence=(w.evidence(pays), w.evidence("$45 million", "op:amount", "45000000")),
            ),
            Payment(
                PaymentKind.MILESTONE,
                Qualifier.UP_TO,
                Decimal("1.20E+9"),
                "USD",
                payers=(CORVANE,),
                payees=(HALDEN,),
                agreement=0,
                text="up to $1.2 billion",
                evidence=(w.evidence("up to $1.2 billion\non milestones", modality=Modality.CONDITIONAL),),
            ),
            Payment(
                PaymentKind.ROYALTY,
                Qualifier.EXACT,
                percent=Decimal(8),
                percent_high=Decimal("12.50"),
                payers=(CORVANE,),
                payees=(HALDEN,),
                agreement=0,
                text="8% to 12.5%",
                evidence=(w.evidence("royalties of 8% to 12.5%"),),
            ),
        ),
        issuers=(HALDEN,),
    )
