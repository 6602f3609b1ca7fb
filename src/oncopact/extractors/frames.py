"""The frames of agreements, as data: which verb with which noun, and who plays which role.

A frame says: this verb, in this voice, with an object of this sort, makes this kind of agreement event; the subject,
the object, and the nouns after these prepositions play these roles. The code that fills frames is in `agreements.py`;
it knows nothing of single verbs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from oncopact.model import AgreementKind, EventKind


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb's way of stating an agreement.

    Attributes:
        name: The rule's name, shown with every fact.
        verbs: Lemmas.
        voice: `active`, `passive` or `any`.
        objects: What the verb's object must be: `agreement` (a noun of agreement), `rights` (rights, licence),
            `option`, `company`, `thing` (technology, product, antibody), `any`, `none`.
        kind: The agreement's kind; None takes it from the object's words.
        event: What happened; None decides between announced and referenced by tense and place.
        roles: Syntactic place → role. Places are `subject`, `object` (a company as object), `possessor` (of the object
            or of what it covers) and prepositions; roles are `licensor`, `licensee`, `buyer`, `bought`, `party`.
        needs: Places that must be filled by a company.
        lacks: Prepositions that must not govern a company, so that the more special frame wins.
        example: A sentence that the frame reads.
        counterexample: A sentence that it must leave alone.
    """

    name: str
    verbs: frozenset[str]
    voice: str
    objects: str
    kind: AgreementKind | None
    event: EventKind | None
    roles: dict[str, str]
    needs: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    example: str = ""
    counterexample: str = ""
    directed: bool = field(default=True)


def _verbs(words: str) -> frozenset[str]:
    return frozenset(words.split())


LICENCE, OPTION, ACQUISITION = AgreementKind.LICENCE, AgreementKind.OPTION, AgreementKind.ACQUISITION

FRAMES: tuple[Frame, ...] = (
    Frame(
        "agreement.licensed-to",
        _verbs("license out-license sublicense assign sell"),
        "active",
        "licensable",
        LICENCE,
        None,
        {"subject": "licensor", "to": "licensee", "object": "licensee"},
        needs=_verbs("to"),
        example="Alderis has licensed its HexaLink platform to Borgmann AG.",
        counterexample="Alderis licensed to practise medicine in Ohio.",
    ),
    Frame(
        "agreement.licensed-from",
        _verbs("license in-license sublicense"),
        "active",
        "any",
        LICENCE,
        None,
        {"subject": "licensee", "from": "licensor"},
        needs=_verbs("from"),
        example="Alderis in-licensed ALD-12 from Borgmann AG in 2004.",
        counterexample="Alderis learned from Borgmann AG that the licence had lapsed.",
    ),
    Frame(
        "agreement.licensed-right",
        _verbs("license in-license"),
        "active",
        "licensable",
        LICENCE,
        None,
        {"subject": "licensee", "possessor": "licensor"},
        needs=_verbs("subject possessor"),
        lacks=_verbs("to from"),
        example="Alderis had licensed the right to develop products that use Borgmann's HexaLink technology.",
        counterexample="Borgmann licensed its own HexaLink technology.",
    ),
    Frame(
        "agreement.is-licensed-to",
        _verbs("license out-license sublicense"),
        "passive",
        "none",
        LICENCE,
        None,
        {"to": "licensee", "by": "licensor", "possessor": "licensor", "from": "licensor"},
        needs=_verbs("to"),
        example="ALD-12 is licensed to Borgmann AG in Japan.",
        counterexample="ALD-12 is closely related to Borgmann's antibody.",
    ),
    Frame(
        "agreement.is-licensed-from",
        _verbs("license in-license sublicense obtain acquire"),
        "passive",
        "none",
        LICENCE,
        None,
        {"from": "licensor", "by": "licensee"},
        needs=_verbs("from"),
        lacks=_verbs("to"),
        example="ALD-12, licensed from Borgmann AG, is in Phase II trials.",
        counterexample="Revenues acquired from Borgmann AG's customers fell.",
    ),
    Frame(
        "agreement.is-licensed-by",
        _verbs("license in-license"),
        "passive",
        "none",
        LICENCE,
        None,
        {"by": "licensee", "possessor": "licensor", "from": "licensor"},
        needs=_verbs("by"),
        lacks=_verbs("to from"),
        example="Alderis's HexaLink technology has been licensed by Borgmann AG.",
        counterexample="Alderis is licensed by the State of Ohio.",
    ),
    Frame(
        "agreement.grants",
        _verbs("grant give award provide assign transfer extend offer license sublicense confer"),
        "active",
        "rights",
        None,
        None,
        {"subject": "licensor", "to": "licensee", "object": "licensee"},
        needs=_verbs("object|to"),
        example="Alderis granted Borgmann AG an exclusive licence to HexaLink.",
        counterexample="The FDA granted Borgmann AG the right to appeal.",
    ),
    Frame(
        "agreement.is-granted",
        _verbs("grant give award license assign transfer"),
        "passive",
        "rights",
        None,
        None,
        {"subject": "licensee", "by": "licensor", "from": "licensor", "possessor": "licensor"},
        needs=_verbs("subject"),
        example="Borgmann AG has been granted an exclusive licence to HexaLink by Alderis.",
        counterexample="Borgmann AG was granted a patent.",
    ),
    Frame(
        "agreement.rights-granted-to",
        _verbs("grant give assign transfer license"),
        "passive",
        "subject-rights",
        None,
        None,
        {"to": "licensee", "by": "licensor", "possessor": "licensor"},
        needs=_verbs("to"),
        example="Exclusive rights to ALD-12 in Japan were granted to Borgmann AG by Alderis.",
        counterexample="Stock options were granted to Borgmann's staff.",
    ),
    Frame(
        "agreement.obtains",
        _verbs("obtain receive acquire gain secure take hold have get purchase buy license own possess negotiate"),
        "active",
        "rights",
        None,
        None,
        {"subject": "licensee", "from": "licensor", "possessor": "licensor", "to-possessor": "licensor"},
        needs=_verbs("subject"),
        example="Borgmann AG has taken an exclusive licence to Alderis's HexaLink technology.",
        counterexample="Borgmann AG has the right to terminate its lease.",
    ),
    Frame(
        "agreement.retains-option",
        _verbs("retain keep reserve"),
        "active",
        "option-listed",
        OPTION,
        None,
        {"subject": "party"},
        needs=_verbs("subject"),
        example="Alderis has licensed ALD-12 to Borgmann AG and has retained an option to co-promote it in Japan.",
        counterexample="Alderis retained its staff.",
        directed=False,
    ),
    Frame(
        "agreement.returns",
        _verbs("return relinquish revert surrender"),
        "active",
        "rights",
        LICENCE,
        EventKind.TERMINATED,
        {"subject": "licensee", "to": "licensor"},
        needs=_verbs("subject"),
        example="Borgmann AG has returned all rights to ALD-12 to Alderis.",
        counterexample="Borgmann AG returned to growth.",
    ),
    Frame(
        "agreement.rights-returned",
        _verbs("return relinquish revert"),
        "any",
        "subject-rights",
        LICENCE,
        EventKind.TERMINATED,
        {"to": "licensor", "by": "licensee", "from": "licensee"},
        needs=_verbs("to"),
        example="All rights to ALD-12 were returned to Alderis by Borgmann AG.",
        counterexample="The mice reverted to baseline.",
    ),
    Frame(
        "agreement.regains",
        _verbs("regain reacquire recover reclaim retrieve"),
        "active",
        "rights",
        LICENCE,
        EventKind.TERMINATED,
        {"subject": "licensor", "from": "licensee"},
        needs=_verbs("subject"),
        example="Alderis has regained worldwide rights to ALD-12 from Borgmann AG.",
        counterexample="Alderis regained compliance with listing rules.",
    ),
    Frame(
        "agreement.terminates",
        _verbs("terminate end cancel discontinue dissolve expire lapse"),
        "any",
        "agreement-either",
        None,
        EventKind.TERMINATED,
        {"subject": "party", "with": "party", "by": "party", "between": "party", "possessor": "party"},
        example="Borgmann AG has terminated its collaboration agreement with Alderis.",
        counterexample="Borgmann AG terminated its chief executive's employment agreement.",
    ),
    Frame(
        "agreement.amends",
        _verbs("amend revise modify restructure renegotiate restate"),
        "any",
        "agreement-either",
        None,
        EventKind.AMENDED,
        {"subject": "party", "with": "party", "by": "party", "between": "party", "possessor": "party"},
        example="Alderis and Borgmann AG have amended their licence agreement.",
        counterexample="Alderis amended its by-laws.",
    ),
    Frame(
        "agreement.expands",
        _verbs("expand broaden widen enlarge"),
        "any",
        "agreement-either",
        None,
        EventKind.EXPANDED,
        {"subject": "party", "with": "party", "by": "party", "between": "party", "possessor": "party"},
        example="Alderis and Borgmann AG have expanded their collaboration.",
        counterexample="Alderis expanded its laboratory.",
    ),
    Frame(
        "agreement.renews",
        _verbs("renew prolong extend"),
        "any",
        "agreement-either",
        None,
        EventKind.RENEWED,
        {"subject": "party", "with": "party", "by": "party", "between": "party", "possessor": "party"},
        example="Borgmann AG has renewed its access agreement with Alderis.",
        counterexample="Alderis renewed its focus on oncology.",
    ),
    Frame(
        "agreement.exercises",
        _verbs("exercise"),
        "any",
        "option-either",
        OPTION,
        EventKind.EXERCISED,
        {
            "subject": "licensee",
            "by": "licensee",
            "under-with": "licensor",
            "with": "licensor",
            "from": "licensor",
            "possessor": "licensor",
        },
        example="Borgmann AG has exercised its option to license ALD-12 under its agreement with Alderis.",
        counterexample="Staff exercised their stock options.",
    ),
    Frame(
        "agreement.pays-for",
        _verbs("pay owe"),
        "active",
        "money-for-rights",
        None,
        None,
        {"subject": "licensee", "object": "licensor", "to": "licensor", "possessor": "licensor"},
        needs=_verbs("subject object|to|possessor"),
        example="Borgmann AG will pay Alderis $5 million for an exclusive licence to HexaLink.",
        counterexample="Borgmann AG will pay Alderis $5 million for manufacturing.",
    ),
    Frame(
        "agreement.nominates-target",
        _verbs("select nominate designate choose name pick"),
        "any",
        "target-of-agreement",
        None,
        EventKind.EXERCISED,
        {
            "subject": "licensee",
            "by": "licensee",
            "under-with": "licensor",
            "with": "licensor",
            "possessor": "licensor",
        },
        needs=_verbs("subject|by"),
        example="Borgmann AG has selected a second target under its licence agreement with Alderis.",
        counterexample="Borgmann AG selected a target price.",
    ),
    Frame(
        "agreement.settles",
        _verbs("settle resolve"),
        "any",
        "dispute-either",
        AgreementKind.OTHER,
        None,
        {"subject": "party", "with": "party", "between": "party", "by": "party", "possessor": "party"},
        example="Alderis and Borgmann AG have settled their patent litigation.",
        counterexample="Alderis settled on a site for its plant.",
        directed=False,
    ),
    Frame(
        "agreement.gives-notice",
        _verbs("give deliver serve receive provide"),
        "any",
        "notice-of-agreement",
        None,
        EventKind.TERMINATED,
        {"subject": "party", "to": "party", "from": "party", "with": "party", "by": "party", "possessor": "party"},
        needs=_verbs("subject|by"),
        example="Borgmann AG has given notice that it will end its licence agreement with Alderis.",
        counterexample="Alderis gave notice of its annual meeting.",
        directed=False,
    ),
    Frame(
        "agreement.joins-forces",
        _verbs("join"),
        "active",
        "forces",
        AgreementKind.COLLABORATION,
        None,
        {"subject": "party", "with": "party"},
        needs=_verbs("subject2|with"),
        example="Alderis and Borgmann AG have joined forces on antibody-drug conjugates.",
        counterexample="Alderis joined an index.",
        directed=False,
    ),
    Frame(
        "agreement.enters",
        _verbs(
            "enter sign execute announce establish form conclude reach initiate complete make finalize begin launch "
            "have close consummate forge ink unveil report land strike seal secure"
        ),
        "active",
        "agreement",
        None,
        None,
        {
            "subject": "party",
            "with": "party",
            "between": "party",
            "among": "party",
            "from": "licensor",
            "possessor": "party",
        },
        example="Alderis has signed a licence agreement with Borgmann AG.",
        counterexample="Alderis signed a lease agreement with its landlord.",
        directed=False,
    ),
    Frame(
        "agreement.was-entered",
        _verbs("enter sign execute announce establish form conclude reach finalize complete"),
        "passive",
        "subject-agreement",
        None,
        None,
        {"with": "party", "between": "party", "by": "party", "possessor": "party"},
        example="A licence agreement was signed between Alderis and Borgmann AG in March 2001.",
        counterexample="The release was signed by counsel.",
        directed=False,
    ),
    Frame(
        "agreement.collaborates",
        _verbs("collaborate cooperate partner team ally co-operate"),
        "any",
        "none",
        AgreementKind.COLLABORATION,
        None,
        {"subject": "party", "with": "party"},
        needs=_verbs("subject with|subject2"),
        example="Alderis is collaborating with Borgmann AG to discover antibodies.",
        counterexample="Alderis works with patients.",
        directed=False,
    ),
    Frame(
        "agreement.develops-jointly",
        _verbs("develop co-develop commercialize co-commercialize co-promote"),
        "any",
        "joint",
        AgreementKind.CO_DEVELOPMENT,
        None,
        {"subject": "party", "with": "party", "by": "party"},
        needs=_verbs("with|subject2|by2"),
        example="Alderis, Inc. and Borgmann AG are jointly developing ALD-12.",
        counterexample="Alderis develops ALD-12 with care.",
        directed=False,
    ),
    Frame(
        "agreement.acquires",
        _verbs("acquire buy purchase merge"),
        "active",
        "company",
        ACQUISITION,
        None,
        {"subject": "buyer", "object": "bought", "with": "bought"},
        needs=_verbs("subject object|with"),
        example="Borgmann AG will acquire Alderis for $300 million in cash.",
        counterexample="Borgmann AG acquired rights from Alderis.",
        directed=False,
    ),
    Frame(
        "agreement.was-acquired",
        _verbs("acquire buy purchase"),
        "passive",
        "none",
        ACQUISITION,
        None,
        {"subject": "bought", "by": "buyer"},
        needs=_verbs("subject by"),
        example="Alderis was acquired by Borgmann AG in 2008.",
        counterexample="Shares were acquired by Borgmann's fund.",
        directed=False,
    ),
    Frame(
        "agreement.acquires-thing",
        _verbs("acquire buy purchase"),
        "active",
        "thing",
        ACQUISITION,
        None,
        {"subject": "party", "from": "party"},
        needs=_verbs("subject"),
        example="Borgmann AG has acquired the HexaLink platform from Alderis.",
        counterexample="Patients acquired resistance to ALD-12.",
        directed=False,
    ),
)

NOUN_FRAMES: tuple[Frame, ...] = (
    Frame(
        "agreement.noun",
        frozenset(),
        "any",
        "agreement",
        None,
        None,
        {
            "with": "party",
            "between": "party",
            "among": "party",
            "possessor": "party",
            "from": "licensor",
            "by": "party",
        },
        example="Under its collaboration with Borgmann AG, Alderis received antibodies.",
        counterexample="Under its lease, Alderis pays rent.",
        directed=False,
    ),
    Frame(
        "agreement.licensees",
        frozenset(),
        "any",
        "none",
        LICENCE,
        None,
        {},
        example="Licensees of Alderis's HexaLink technology include Borgmann AG.",
        counterexample="Customers of Alderis include Borgmann AG.",
    ),
)
"""Nouns of agreement that no verb frame has taken: 'under its collaboration with B', 'the deal between A and B'."""
