"""The words that the tagger knows: closed classes, and the verbs that releases use.

Everything else is a noun by default, which costs nothing: a noun group's head is decided by mentions, not by tags.
"""

from __future__ import annotations

from functools import cache

DETERMINERS = frozenset(
    """a an the this these those its their our his her my your each every both all any some no another other such
    certain several many multiple most more various either neither whose two three four five six seven eight nine ten
    one additional further""".split()
)
PREPOSITIONS = frozenset(
    """of in on at by for from with without beyond under into onto upon over within during before after since until
    through throughout between among amongst against about across along outside inside towards toward via per than like
    as regarding concerning including excluding except following pursuant related relating covering involving
    worldwide-except despite because unless if while whereas although though when where once so""".split()
)
SUBORDINATORS = frozenset("if unless while whereas although though when where once because whether so until".split())
CONJUNCTIONS = frozenset({"and", "or", "plus", "but", "nor", "&", "/", "well-as"})
PRONOUNS = frozenset("it they we he she i you them us him itself themselves ourselves who".split())
RELATIVES = frozenset("which that who whom whereby".split())
BE = frozenset("is are was were be been being am 's're".split()) | {"isn't", "wasn't", "aren't", "weren't"}
HAVE = frozenset("has have had having hasn't haven't hadn't".split())
MODALS = frozenset(
    """will would may might can could shall should must do does did won't wouldn't can't cannot couldn't doesn't didn't
    don't""".split()
)
NEGATIONS = frozenset("not never neither nor no-longer".split())
ADVERBS = frozenset(
    """also today now then already again recently previously currently jointly solely exclusively initially originally
    together thereby thus still just only even yet soon later earlier ahead potentially
    simultaneously concurrently approximately up back here there therefore however moreover furthermore additionally
    fully""".split()
)
ADJECTIVES = frozenset(
    """existing ongoing pending exclusive non-exclusive nonexclusive co-exclusive eligible entitled responsible able
    subject due new novel first second third fourth initial final own potential clinical preclinical worldwide
    global commercial strategic
    definitive relapsed upcoming forthcoming
    proprietary undisclosed undetermined unnamed available free pleased proud delighted excited effective
    lead key human early late key major mid-stage late-stage early-stage""".split()
)

_REGULAR = """
    seal land
    accept access accelerate achieve acquire add address adjust advance affirm agree align allow amend announce
    answer     anticipate appear apply appoint approve assign assist assume attach authorize award base believe bind buy
    calculate cancel capitalize carry cause cease change claim clear close collaborate combine commence
    commercialize commercialise commit complete comply comprise concentrate conclude conduct confer confirm conjugate
    consider consist consolidate constitute construct consult contain continue contribute control convert cooperate
    cover create credit decide decline defer define deliver demonstrate depend design designate determine develop
    devote direct disclose discontinue discover discuss dismiss display dispose distribute dose earn elect eliminate
    employ enable encourage engage engineer enhance enjoy enrol enroll ensure enter entitle establish estimate
    evaluate evolve examine exceed exchange exclude execute exercise exist expand expect experience expire explore
    extend facilitate fail feature file finalize finance focus follow form formulate fulfil fulfill fund gain
    generate grant guarantee halt handle help highlight identify implement improve include increase incorporate
    incur indicate inform initiate inlicense in-license out-license cross-license sublicense sub-license co-develop
    co-promote co-commercialize co-market co-fund cofund opt insist integrate intend invest invite involve issue
    join jointly-develop launch leverage license licence list locate maintain manage manufacture mark market
    maximize measure merge modify monitor mutate name need negotiate nominate notify obtain occur offer operate
    optimize opt order organize originate outline owe own participate partner pass perform permit persuade plan
    pledge possess post potentiate predict prefer prepare present prevent proceed process procure produce progress
    prohibit project promote propose protect prove provide publish purchase pursue qualify quote raise ratify reach
    reacquire re-acquire realize receive recall reclaim recognize recommend recover recruit reduce refer refine
    reflect refuse regain register regulate reimburse reject relate release relinquish rely remain remark renew
    renegotiate repay replace report represent repurchase request require research reserve resolve respond
    restructure result resume retain return reveal revert review revise reward save schedule screen secure seek
    select separate serve settle share ship shift show sign signal simplify solicit specialize specify sponsor
    spin-out stand start state stimulate stop strengthen structure study submit succeed suffer suggest supplement
    supply support surpass suspend target terminate test thank total track trade transfer transform treat trigger
    try underline undertake unify unite update upgrade use utilize utilise validate value view wait waive want
    warrant widen work yield comment add note respond explain initiate randomize randomise treat bring begin run
    hold win monetize out-licence in-licence divest spin cede waive lapse lengthen shorten lower enlarge convert tap
    book pocket hand ally band amass fetch pass credit owe redeem reimburse accrue escalate vest lodge clinch tie
    join team equal double triple quadruple cap depend embark delay rename rebrand relocate regard reassign assert
    claim commit consent contemplate convey deem devise disburse elapse envisage garner incubate inherit
    liquidate recoup remit repatriate rest retrieve supersede surrender transpire accompany account advise appeal
    arise arrange attack attempt attract attend await boost broaden characterize check collect compare compete
    concern consent contact contract cooperate count decrease defend deliver deny derive describe deserve destroy
    detect differ discharge doubt drop dry edit educate emerge emphasize encode encounter end endorse enforce enlist
    erase erect excite execute exert exit express fit flow force freeze frustrate fuel glean govern graduate guide
    hire hope host hurry ignore illustrate imagine import impose impress induce influence inhibit inject inspire
    install instruct insure interact interest introduce investigate isolate join judge jump justify kill lack last
    laud learn link live load look love mandate map matter mean mediate mention migrate mirror miss mitigate model
    move near neglect object observe originate overlap perceive persist phase pioneer place plot point populate pose
    power practice praise precede pride print prioritize probe proclaim prompt pronounce pull push question range
    rate react read reason rebound record redefine relax remember remind remove repeat resemble reside resist
    restate restore restrict retire retreat rewrite risk roll root rule safeguard satisfy scale search serve shape
    sharpen shift shrink sit slow solve sound spark speak specialise spread stabilize stay steer stem step stress
    stretch strive succeed sum surge surround survive sustain sweep switch synthesize tackle tailor talk teach tend
    tender thank threaten thrive touch trace train translate transmit travel trust turn understand unlock urge visit
    aim open resubmit refile consummate adopt declare finish slate administer activate hit pick
    subscribe volunteer vote walk warn weigh welcome widen wish witness wonder worsen yield"""
_IRREGULAR = {
    "strike": ("strikes", "struck", "struck", "striking"),
    "bear": ("bears", "bore", "borne", "bearing"),
    "become": ("becomes", "became", "become", "becoming"),
    "cost": ("costs", "cost", "cost", "costing"),
    "cut": ("cuts", "cut", "cut", "cutting"),
    "deal": ("deals", "dealt", "dealt", "dealing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "foresee": ("foresees", "foresaw", "foreseen", "foreseeing"),
    "forgo": ("forgoes", "forwent", "forgone", "forgoing"),
    "leave": ("leaves", "left", "left", "leaving"),
    "let": ("lets", "let", "let", "letting"),
    "oversee": ("oversees", "oversaw", "overseen", "overseeing"),
    "rise": ("rises", "rose", "risen", "rising"),
    "split": ("splits", "split", "split", "splitting"),
    "undergo": ("undergoes", "underwent", "undergone", "undergoing"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "begin": ("begins", "began", "begun", "beginning"),
    "bind": ("binds", "bound", "bound", "binding"),
    "bring": ("brings", "brought", "brought", "bringing"),
    "build": ("builds", "built", "built", "building"),
    "buy": ("buys", "bought", "bought", "buying"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "come": ("comes", "came", "come", "coming"),
    "drive": ("drives", "drove", "driven", "driving"),
    "find": ("finds", "found", "found", "finding"),
    "get": ("gets", "got", "got", "getting"),
    "give": ("gives", "gave", "given", "giving"),
    "go": ("goes", "went", "gone", "going"),
    "grow": ("grows", "grew", "grown", "growing"),
    "hold": ("holds", "held", "held", "holding"),
    "keep": ("keeps", "kept", "kept", "keeping"),
    "know": ("knows", "knew", "known", "knowing"),
    "lead": ("leads", "led", "led", "leading"),
    "lose": ("loses", "lost", "lost", "losing"),
    "make": ("makes", "made", "made", "making"),
    "meet": ("meets", "met", "met", "meeting"),
    "pay": ("pays", "paid", "paid", "paying"),
    "put": ("puts", "put", "put", "putting"),
    "run": ("runs", "ran", "run", "running"),
    "say": ("says", "said", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "seek": ("seeks", "sought", "sought", "seeking"),
    "sell": ("sells", "sold", "sold", "selling"),
    "send": ("sends", "sent", "sent", "sending"),
    "set": ("sets", "set", "set", "setting"),
    "show": ("shows", "showed", "shown", "showing"),
    "spend": ("spends", "spent", "spent", "spending"),
    "spin": ("spins", "spun", "spun", "spinning"),
    "stand": ("stands", "stood", "stood", "standing"),
    "take": ("takes", "took", "taken", "taking"),
    "tell": ("tells", "told", "told", "telling"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "win": ("wins", "won", "won", "winning"),
    "write": ("writes", "wrote", "written", "writing"),
}
_DOUBLING = frozenset(
    """cancel commit confer control defer enrol equip excel fulfil incur label occur opt permit plan prefer program
    refer regret ship spin step stop submit transfer transmit travel""".split()
)
ALSO_NOUNS = frozenset(
    """access advance approach award benefit challenge change claim close commitment control cover credit design display
    estimate exercise experience file finance focus form fund grant help highlight increase interest invite issue
    launch lead license licence list market measure merge milestone need note offer option order partner pass pledge
    process produce progress project purchase quote rank release report request research result return review reward
    run sale save schedule screen share shift signal sponsor stand start state stop structure study supplement
    supply support target test total track trade transfer treat trial trigger use value view wait work yield result
    supplement sublicense sub-license cross-license issue address contract plan purchase post conjugate cost cut
    deal draw leave link load model object place point power practice print question range rate reason record rest
    risk rule scale search sum switch tender tie trust visit vote account attack attempt compare concern drop end
    estimate exit fit flow force fuel guide hope host import impress influence last map matter phase pride probe
    react root shape slow sound spread step stress surge talk touch train turn walk wish witness wonder team band
    cap near open volunteer appeal double equal lower hand book pocket claim check contact count
    warrant exchange""".split()
)


NOMINAL_GERUNDS = frozenset(
    """licensing marketing manufacturing funding testing dosing financing screening operating processing labeling
    trading filing signing closing sequencing engineering targeting waiting editing
    silencing imaging profiling packaging""".split()
)
"""Gerunds that are nouns before a noun: 'licensing income', 'marketing rights'."""

VERBISH = frozenset(
    """trigger license licence sublicense grant award exercise launch advance fund start report approach focus target
    partner merge close pledge progress market issue""".split()
)
"""Words that are a verb when they follow a name and end in -s: 'bivatuzumab mertansine triggers payment'."""


def _inflect(base: str) -> tuple[str, str, str, str]:
    """Third person, past, past participle and gerund of a regular verb."""
    if base.endswith("e"):
        return base + "s", base + "d", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeou":
        return base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    stem = base + base[-1] if base in _DOUBLING else base
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return third, stem + "ed", stem + "ed", stem + "ing"


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Each known verb form → its lemma and its features.

    Features: `b` base, `s` third person, `d` past, `n` past participle, `g` gerund; several letters where one form
    serves several.

    >>> verb_forms()["licensed"], verb_forms()["took"], verb_forms()["taken"]
    (('license', 'dn'), ('take', 'd'), ('take', 'n'))
    """
    forms: dict[str, tuple[str, str]] = {}
    for base in sorted({*_REGULAR.split(), *_IRREGULAR}):
        third, past, participle, gerund = _IRREGULAR.get(base) or _inflect(base)
        lemma = _LEMMA.get(base, base)
        for form, feature in ((base, "b"), (third, "s"), (past, "d"), (participle, "n"), (gerund, "g")):
            known = forms.get(form)
            if known is None or (known[0] == lemma and feature not in known[1]):
                forms[form] = (lemma, (known[1] if known else "") + feature)
    return forms


_LEMMA = {
    "licence": "license",
    "inlicense": "in-license",
    "in-licence": "in-license",
    "out-licence": "out-license",
    "sub-license": "sublicense",
    "commercialise": "commercialize",
    "utilise": "utilize",
    "randomise": "randomize",
    "enrol": "enroll",
    "fulfil": "fulfill",
    "re-acquire": "reacquire",
    "cofund": "co-fund",
}

CATENATIVES = {
    # lemma of the governing verb → what it makes of the infinitive that follows
    "agree": "asserted",
    "elect": "asserted",
    "decide": "asserted",
    "begin": "asserted",
    "start": "asserted",
    "continue": "asserted",
    "choose": "asserted",
    "expect": "planned",
    "plan": "planned",
    "intend": "planned",
    "anticipate": "planned",
    "project": "planned",
    "schedule": "planned",
    "prepare": "planned",
    "aim": "planned",
    "hope": "planned",
    "seek": "planned",
    "commit": "planned",
    "design": "planned",
    "entitle": "conditional",
    "permit": "conditional",
    "allow": "conditional",
    "enable": "conditional",
    "require": "conditional",
    "believe": "conditional",
    "option": "conditional",
    "fail": "negated",
    "decline": "negated",
    "refuse": "negated",
    "cease": "negated",
}
MODAL_ADJECTIVES = {
    "eligible": "conditional",
    "entitled": "conditional",
    "able": "conditional",
    "expected": "planned",
    "obligated": "conditional",
    "free": "conditional",
    "due": "planned",
    "set": "planned",
    "poised": "planned",
    "likely": "conditional",
    "responsible": "planned",
}
CONDITIONAL_MODALS = frozenset({"may", "might", "could", "would", "can", "should", "wouldn't", "couldn't"})
PLANNED_MODALS = frozenset({"will", "shall", "won't"})
