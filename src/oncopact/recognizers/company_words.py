"""Words that make, end or forbid a company's name: legal forms of all countries, words of the trade, exchanges."""

from __future__ import annotations

import re

_G = r"[ \t\u00a0]*\n?[ \t\u00a0]*"  # at most one line break

LEGAL_FORM = re.compile(
    rf"""(?:
      (?: and | & | && | &amp; ) {_G} (?: Sons | Söhne | Brothers
        | Company | Co\.? | COMPANY | CO\.? | Cie\.? ) (?: ,? {_G} (?: Inc\.? |
      LLC | L\.P\. | Ltd\.? | Limited | Incorporated | INC\.? | LTD\.? | LIMITED | Corp\.? | KGaA | KG | plc ) )*
    | Incorporated | Corporation | Limited | INCORPORATED | CORPORATION | LIMITED
    | Inc\.? | INC\.? | Corp\.? | CORP\.? | L\.L\.C\. | L\.L\.P\. | LLC | LLP | PLLC | L\.P\. | LP | Ltd\.? | LTD\.?
    | Ltée | Ltda\.? | Lda\.?
    | Company,? {_G} (?: Limited | Inc\.? | Ltd\.? | LLC ) | COMPANY,? {_G} (?: LIMITED | INC\.? | LTD\.? ) |
    Company | COMPANY
    | Co\. ,? {_G} (?: Ltd\.? | Limited | Inc\.? | LTD\.? | LIMITED | INC\.? | L\.P\. | KG | KGaA ) |
    Co ,? {_G} (?: Ltd\.? | Limited | Inc\.? )
    | CO\. ,? {_G} (?: LTD\.? | LIMITED | INC\.? ) | Co\. | CO\.
    | (?: Pty\.? | Pte\.? | Pvt\.? | Private | PTY | PTE | PVT\.? | PRIVATE | \(Pty\)) ,? {_G} (?: Ltd\.? |
    Limited | LTD\.? | LIMITED )
    | plc | PLC | Plc | p\.l\.c\. | P\.L\.C\.
    | (?: g?GmbH | GMBH | mbH | AG | SE | KG | OHG ) (?: {_G} & {_G} Co\.? {_G} (?: KGaA | KG | OHG ) )? | A\.G\. |
    KGaA | KGAA | e\.V\. | eG
    | S\.A\.S\.? | SAS | S\.A\.R\.L\. | SARL | S\.?à\.?{_G}r\.?l\.? | S\.A\.{_G}de{_G}C\.V\. | S\.A\.B\. |
    S\.A\.U\. | S\.A\.? | SA | S\.L\.U?\.? | SNC
    | S\.p\.A\. | S\.P\.A\. | SpA | S\.r\.l\.? | Srl | SRL
    | N\.V\. | NV | B\.V\. | BV | CVBA | BVBA | V\.o\.F\.
    | AB | A/S | ApS | ASA | AS | Oy | Oyj | hf\.? | ehf\.?
    | Kft\.? | Zrt\.? | Nyrt\.? | a\.s\. | s\.r\.o\. | d\.o\.o\. | d\.d\. | Sp\.{_G}z{_G}o\.{_G}o\. | UAB | OÜ | SIA
    | JSC | OJSC | PJSC | OOO | ZAO | OAO | A\.Ş\. | Sdn\.? {_G} Bhd\.? | Bhd\.? | BHD | Tbk\.? | PCL | K\.K\. |
    KK | G\.K\. | N\.A\. | P\.C\. | P\.A\. | ULC | S\.E\. | RLLP
    )(?:(?![\w/]|-[A-Za-z])(?!\.[A-Za-z])|(?<=[.CPdc])(?=(?:is|today|and|has|will|to|for|of|announced)\b))""",
    re.VERBOSE,
)
"""A legal form as it stands at the end of a name. 'and Company' and '& Co.' belong to it."""

LEGAL_STARTS = frozenset(
    """
        sons söhne brothers incorporated corporation limited inc corp l.l.c. l.l.p. llc llp pllc l.p. lp ltd ltée
        ltda lda company co. co, co pty pte pvt private plc p.l.c. gmbh ggmbh mbh ag se kg ohg a.g. kgaa e.v. eg s.a
        sas sarl s.à sà sa s.l. snc s.p.a. spa s.r.l srl n.v. nv b.v. bv cvba bvba v.o.f. ab a/s aps asa as oy oyj hf
        ehf kft zrt nyrt a.s. s.r.o. d.o.o. d.d. sp. uab oü sia jsc ojsc pjsc ooo zao oao a.ş. sdn bhd tbk pcl k.k.
        kk g.k. n.a. p.c. p.a. ulc s.e. rllp (pty)
    """.split()
)
SHORT_FORMS = frozenset("AG SE KG SA AB AS NV BV LP KK SAS SPA SIA PCL AS EG HF".split())
"""Legal forms that are also words, places or initials: in text of capitals they prove nothing."""

LAW_FIRM = re.compile(r"LLP|L\.L\.P\.|P\.C\.|PLLC|RLLP|& Co")

TRADE_WORDS = frozenset(
    """Pharmaceuticals Pharmaceutical Pharma Biopharma BioPharma Biopharmaceuticals BioPharmaceuticals Biopharmaceutical
    Therapeutics Biotherapeutics BioTherapeutics Immunotherapeutics Immunotherapies Biosciences BioSciences Bioscience
    Bioscience Biotech BioTech Biotechnology Biotechnologies Biologics Biologicals Biosystems BioSystems Biomedical
    Biomedicine Biomed BioMed Genomics Laboratories Laboratory Labs Ventures Venture Capital Securities Holdings
    Holding Industries Technologies Investments Diagnostics Lifesciences LifeSciences Healthcare HealthCare Bancorp
    Bankshares Enterprises Partners Advisors Medicines Bio Nutraceuticals
    Radiopharma Radiopharmaceuticals Radiopharm Neuroscience Neurosciences Ophthalmics Robotics
    Chemical Chemicals Imaging Immunotoxins
    Antibodies Radiochemicals Immunochemicals Bioconjugates
    Semiconductor Electronics Airlines Airways Insurance Bank Fund Group""".split()
)
"""Words at the end of a company's name that make it one without a legal form."""

SURE_TRADE = frozenset(
    """Pharmaceuticals Pharma Biopharma BioPharma Biopharmaceuticals BioPharmaceuticals Therapeutics Biotherapeutics
    BioTherapeutics Immunotherapeutics Biosciences BioSciences Bioscience Biotech BioTech Biotechnologies Biologics
    Biosystems BioSystems Genomics Laboratories Labs Ventures Holdings Lifesciences LifeSciences Pharmaceutical
    Bancorp Bankshares""".split()
)
TRAILING = frozenset(w.lower() for w in TRADE_WORDS) | frozenset(
    """
        group global international oncology sciences science life usa us u.s. america americas europe european asia
        northamerica na china japan research health medical systems solutions corporation company co inc financial
        fund trust bankshares worldwide r&d therapeutic genetics media communications services products foods energy
        resources materials networks software pharmaceuticals's animal canada north korea uk australia india ireland
        germany switzerland austria france italy spain innovation innovations institute company's development
        operations
    """.split()
)
"""Words that a short name leaves out."""

EXCHANGES = (
    "nasdaq nyse amex otcqb otcqx otcbb otc: otc pink otc pk lse: aim: tsx: tsx-v tsxv tse: asx: euronext: euronext "
    "hkex sehk szse sse: kosdaq krx: kospi six: swx: xetra: frankfurt: fse: omx omxs cse: bse: nse: jasdaq ticker: "
    "isin: isin wkn oslo: tase: bme: bit: mta: epa: etr: star: bolsa"
).split()

STOP = frozenset(
    """
        use the a an in on at to for from by with without of and or as if when while although though because since after
        before during under over through between among against about into within per via is are was were be been has
        have had will would could can may might shall should does did do not no nor but so than then that this these
        those there here its it we our us they their he she his her who which what where how why all any both each
        either every other another such some many most more several two three four five six seven eight nine ten last
        also however today yesterday tomorrow now recently currently previously additionally furthermore moreover
        meanwhile january february march april may june july august september october november december monday
        tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec announces
        announced announce acquires acquired acquire reports reported signs signed enters entered agrees agreed
        completes completed licenses licensed licences joins joined receives received achieves achieved initiates
        initiated presents presented said says expands launches partners' collaborate collaborates collaboration
        agreement agreements license licence between plus versus including like e.g. i.e. both exclusive to-be
        formerly previously now known becomes became dba d/b/a taps discusses accelerate accelerates using gets get
        top launches launch directors officers shareholders stockholders holders noteholders acquisition sale
        purchase closing extension completion board founders chairman chairwoman chairperson ceo president director
        officer chief executive vice senior manager head founder cofounder co-founder treasurer secretary counsel
        advisor adviser advisors analyst partner dr. dr drs drs. mr. mr mrs. ms. prof. professor contact contacts
        contacts: media investors relations source note re: cc: exhibit dated signature signatures registrant press
        release news phase study trial companies names appoints appointed lands selects hires welcomes elects neither
        founding investing based annual supports sponsors secures issues settle settles declares parties party
        subsidiary subsidiaries affiliate affiliates division unit units parent owner client customer supplier
        licensor licensee buyer seller purchaser merger offeror issuer for: by: from: to: name: title: company:
        competitor competitors regarding concerning through: copyright ©
    """.split()
)
"""Words at which a name walked leftwards stops, in small letters."""

GENERIC_NAMES = frozenset(
    """
        company companies corporation group holdings parties party buyer seller parent purchaser merger sub
        partnership bank trust fund agreement registrant issuer board shareholders stockholders management agency
        commission exchange program bancorp pharma biotech pharmaceuticals therapeutics laboratories securities
        capital ventures oncology adviser offer transaction product products technology adc adcs license licence plan
        notes shares units common stock offering closing term states ema fda sec nasdaq nyse us usa uk eu
        license-agreement collaboration option lender lenders agent our us we you me new the it this manager member
        members sponsor guarantor guarantors borrower subsidiary subsidiaries affiliate affiliates counterparty
        licensor licensee consultant employer employee executive plaintiff plaintiffs defendant defendants class spac
        petroleum semiconductor solutions chemicals america protection north south west east central boston partners
        systems services communications technologies industries electronics networks software energy resources
        properties investments insurance materials foods labs sciences medical health financial enterprises brands
        media stores royalty receipts marketable taxable target targets facility assets business company's offeror
        tender
    """.split()
)
"""What a defined short name must not be."""
