"""The rules that read names, in the order in which they win a place that two read at the same length."""

from __future__ import annotations

from dataclasses import dataclass


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


RULES: tuple[NameRule, ...] = (
    NameRule(
        "lexicon",
        "A name that the vocabulary lists, a shared one decided by what stands around it.",
        "The antibody drug conjugate carries the payload MMAE to cancer cells in clinical trials.",
        "The memory card carries the payload of the probe.",
    ),
    NameRule(
        "conjugate.inn",
        "Two words whose second is a conjugate's, listed or of the shape of one after '-mab'.",
        "Patients with cancer received zolutamab vedotin in a clinical trial of this antibody drug conjugate.",
        "Patients with cancer received zolutamab weekly in a clinical trial of this antibody.",
    ),
    NameRule(
        "conjugate.labelled",
        "A radionuclide before an antibody or a peptide.",
        "Cancer patients received iodine I 131 zolutamab in clinical trials of the antibody.",
        "Cancer patients received iodine and zolutamab in clinical trials of the antibody.",
    ),
    NameRule(
        "conjugate.halves",
        "An antibody and a payload joined by a hyphen or without one: 'huX12-DM1', 'ALD591DM1', 'CAB-X-ADC'.",
        "Clinical trials of huKX12-DM1 in cancer patients begin; the antibody was made in house.",
        "The linker SMCC-DM1 is used for antibodies in cancer therapy and clinical trials.",
    ),
    NameRule(
        "conjugate.code",
        "A code that any place in the release calls an antibody-drug conjugate.",
        "ALD-2051 is a masked antibody drug conjugate for cancer patients in clinical trials.",
        "ALD-2051 is a small molecule for cancer patients in clinical trials, given with an antibody.",
    ),
    NameRule(
        "conjugate.pair",
        "The other half of a conjugate's double name: 'X (Y)', 'X/Y'.",
        "Trials of huKX12-DM1/BD-10901 in cancer patients go on; the clinical data on the antibody are good.",
        "Trials of huKX12-DM1 in cancer patients go on; clinical data on BD-10901, a vaccine, are good.",
    ),
    NameRule(
        "conjugate.named",
        "A coined word that the sentence calls a conjugate.",
        "Zoltuxin is the only approved conjugate of calicheamicin for cancer patients in clinical trials.",
        "Success is the only measure of a conjugate for cancer patients in clinical trials.",
    ),
    NameRule(
        "conjugate.brand",
        "A brand before a conjugate's name in brackets.",
        "Cancer patients in clinical trials received ZOLUVA® (zolutamab vedotin), an antibody drug conjugate.",
        "Cancer patients in clinical trials received ZOLUVA® (zolutinib), no antibody.",
    ),
    NameRule(
        "antibody.inn",
        "A name of the shape of an antibody's INN.",
        "The antibody zolutamab is in clinical trials for patients with cancer.",
        "The enzyme zolutase is in clinical trials for patients with cancer.",
    ),
    NameRule(
        "antibody.brand",
        "A brand before an antibody's INN in brackets.",
        "Cancer patients in clinical trials received ZOLUMA® (zolutamab).",
        "Cancer patients in clinical trials received ZOLUMA® tablets.",
    ),
    NameRule(
        "antibody.code",
        "A code that any place in the release calls an antibody.",
        "ALD-301, a humanized monoclonal antibody, is in clinical trials for cancer patients.",
        "ALD-301, a tyrosine kinase inhibitor, is in clinical trials for cancer patients.",
    ),
    NameRule(
        "antibody.pair",
        "The other half of an antibody's double name.",
        "Zolutamab (ALD-302) is in clinical trials for cancer patients.",
        "Zolutamab and ALD-302 are in clinical trials for cancer patients.",
    ),
    NameRule(
        "antibody.anti-target",
        "'anti-X antibody' where it is somebody's.",
        "Alderis, Inc. uses Borgmann's anti-CD44v6 antibody in clinical trials for cancer patients.",
        "An anti-CD44v6 antibody was used to stain tumour cells of cancer patients in clinical trials.",
    ),
    NameRule(
        "payload.derived",
        "'the payload … is a derivative of X'.",
        "The payload of the antibody conjugate is a derivative of camptothecin; clinical trials in cancer go on.",
        "Clinical trials in cancer patients compare the antibody with a derivative of camptothecin.",
    ),
    NameRule(
        "payload.apposition",
        "A coined word beside 'payload', 'warhead' or 'cytotoxic agent'.",
        "The antibody conjugate carries the payload ZX-77 to cancer cells in clinical trials.",
        "The antibody conjugate ZX-77 goes to cancer cells in clinical trials.",
    ),
    NameRule(
        "payload.agent",
        "An old cytotoxic that is carried, a nuclide by its number, what a conjugate is armed with.",
        "The vinblastine conjugate of its antibody is in clinical trials for cancer patients.",
        "Cancer patients received vinblastine with an antibody in clinical trials.",
    ),
    NameRule(
        "payload.class",
        "Nucleic acids named as payloads.",
        "The antibody platform delivers other payloads, such as siRNA, to cancer cells in clinical trials.",
        "The siRNA was given to cancer patients in clinical trials with an antibody.",
    ),
    NameRule(
        "target.anti",
        "What follows 'anti-'.",
        "An anti-KLR7 antibody is in clinical trials for cancer patients.",
        "An anti-cancer antibody is in clinical trials for cancer patients.",
    ),
    NameRule(
        "target.directed",
        "What follows 'targeting', 'directed to', 'binds', 'inhibitor of'.",
        "An antibody drug conjugate targeting KLR7 is in clinical trials for cancer patients.",
        "An antibody drug conjugate targeting NSCLC is in clinical trials for cancer patients.",
    ),
    NameRule(
        "target.named-by",
        "What stands before '-targeted', '-directed', 'inhibitor', 'antibody'.",
        "A KLR7-directed antibody drug conjugate is in clinical trials for cancer patients.",
        "A tumor-directed antibody drug conjugate is in clinical trials for cancer patients.",
    ),
    NameRule(
        "target.long-form",
        "A receptor, antigen or enzyme in words with its symbol in brackets.",
        "The antibody binds the cancer cell's kappa lymphoid receptor (KLR) in clinical trials of the drug.",
        "The drug was given to cancer patients with small cell disease (SCD) in clinical trials of the antibody.",
    ),
    NameRule(
        "target.words",
        "A receptor, antigen or mucin in words, after 'recognises' or before 'conjugate'.",
        "The antibody recognises the kappa lymphoid receptor of cancer cells in clinical trials.",
        "The antibody recognises the tumor antigen of cancer cells in clinical trials.",
    ),
    NameRule(
        "target.list",
        "A symbol in one list with a known target.",
        "Patients with cancer without EGFR or ZLK aberrations take part in clinical trials of the antibody.",
        "Patients with cancer in the EU or USA take part in clinical trials of the antibody.",
    ),
    NameRule(
        "company.legal-form",
        "A legal form of any country ends the name.",
        "Alderis Therapeutics Holdings, Inc. and Borgmann & Söhne GmbH & Co. KG signed.",
        "The company signed, and so did its limited partners.",
    ),
    NameRule(
        "company.trade-word",
        "A word of the trade ends the name.",
        "The release names Alderis Therapeutics as a partner.",
        "The release names innovative therapeutics as an aim.",
    ),
    NameRule(
        "company.ticker",
        "An exchange and a symbol in brackets follow the name.",
        "Shares of Alderis (Nasdaq: ALDR) rose.",
        "Shares of the company (up 4%) rose.",
    ),
    NameRule(
        "company.defined",
        "A name whose first word is defined as its short name.",
        'It was sold to Borgwell Lens Works ("Borgwell") in May.',
        'It was sold under the Borgwell Lens Act (the "Act") in May.',
    ),
    NameRule(
        "company.short-name",
        "A further place of a company known in full: its first words, a defined short name, its initials.",
        'Alderis Therapeutics, Inc. ("Alderis" or the "Company") signed. Alderis will pay.',
        'Alderis Therapeutics, Inc. (the "Company") signed. The Company will pay.',
    ),
    NameRule(
        "company.about",
        "The heading of an 'About X' section whose text calls X a company.",
        "TARNOW, Poland, Jan. 5, 2004 - Sales of tools rose in the last year.\n\n"
        "About Borgmann\n\nBorgmann is a company headquartered in Linz. Founded in 1950, Borgmann makes tools.",
        "TARNOW, Poland, Jan. 5, 2004 - Sales of tools rose in the last year.\n\n"
        "About Asthma\n\nAsthma is a disease of the airways. Many people live with it.",
    ),
    NameRule(
        "technology.named",
        "A coined name after 'platform called', 'technology', 'linker' or 'chelator'.",
        "Antibodies against cancer are labelled by means of its chelator ZirCage in clinical trials.",
        "Antibodies against cancer are labelled by means of its chelator in Vienna in clinical trials.",
    ),
    NameRule(
        "technology.platform",
        "A coined or trademarked name before 'technology' or 'platform', in a release on antibodies or cancer.",
        "Alderis uses its proprietary Aldivec platform to make antibodies for cancer patients in clinical trials.",
        "Alderis uses an mRNA platform to make antibodies for cancer patients in clinical trials.",
    ),
    NameRule(
        "technology.own-adc",
        "A company's own 'ADC technology'.",
        "Under the licence to Borgmann's ADC technology, cancer antibodies go into clinical trials.",
        "Any ADC technology needs antibodies against cancer and clinical trials.",
    ),
    NameRule(
        "company.acting",
        "A capitalised name that announces, licenses, acquires, or is called a company in apposition.",
        "In May Borgwell announced that the study went on.",
        "In May Doctor Weller, Ph.D., announced that the study went on.",
    ),
    NameRule(
        "company.adviser",
        "A capitalised name that acts as financial adviser, counsel or agent.",
        "For Alderis, Inc., Borgwell is acting as exclusive financial advisor.",
        "Deborah Borgwell served as chair, and the bank is acting as agent.",
    ),
    NameRule(
        "company.officer",
        "A capitalised name where somebody is chief officer, founder or partner, or has worked.",
        "The antibody, said Maria Halden, CEO of Borgwell, goes on.",
        "The antibody, said Maria Halden, Vice President of Clinical Development, goes on.",
    ),
    NameRule(
        "company.such-as",
        "A capitalised name after 'clients such as', 'companies including'.",
        "It serves clients such as Borgwell in Linz.",
        "It treats diseases such as Asthma in Linz.",
    ),
    NameRule(
        "company.dateline",
        "A capitalised name right after the dateline, if the release names it again.",
        "LINZ, May 3, 2021 -- Borgwell, the lens of lenses, grew. All of Borgwell grew, and Borgwell is glad.",
        "LINZ, May 3, 2021 -- Lenses, the best of all, grew. All lenses grew.",
    ),
    NameRule(
        "company.cue",
        "A capitalised name after 'partner', 'a subsidiary of', 'agreement with', 'licensed to', 'formerly'.",
        "The rights were licensed to Borgwell in March.",
        "The rights were licensed to Stanford University in March.",
    ),
    NameRule(
        "company.announcing",
        "The name that opens a sentence of the lead and announces there, whatever its shape.",
        "JTS, a provider of trials for cancer patients, today announced an antibody. JTS is based in Linz.",
        "Researchers of the antibody today announced the results of trials in cancer patients.",
    ),
    NameRule(
        "company.owner",
        "A capitalised name that owns a linker, payload, antibody, conjugate or technology.",
        "It joins Borgwell's calicheamicin linkers to antibodies against cancer.",
        "It joins Parkinson's patients with antibodies against cancer.",
    ),
    NameRule(
        "company.list",
        "A capitalised name in one list with companies.",
        "The firm has agreements with Alderis, Inc., Borgwell, and Tarnow that go on.",
        "Alderis, Inc., Boston, and others go on.",
    ),
    NameRule(
        "institution.word",
        "A university, hospital, institute or foundation.",
        "The antibody was licensed from the University of Tarnow.",
        "The antibody was licensed from its maker.",
    ),
    NameRule(
        "institution.initials",
        "Well-known institutions by their initials, where they are party to something.",
        "Under the original licence agreement with the NIH, it pays royalties.",
        "The NIH held a conference on the antibody.",
    ),
    NameRule(
        "product.brand",
        "A brand before another medicine's INN in brackets.",
        "Cancer patients in clinical trials received ZOLTIVA® (zolutinib) as therapy.",
        "Cancer patients in clinical trials received therapy (zolutinib).",
    ),
    NameRule(
        "product.inn",
        "Another medicine by the stem of its INN.",
        "Cancer patients in clinical trials received zolutinib as therapy.",
        "Cancer patients in clinical trials received therapy within minutes.",
    ),
    NameRule(
        "product.trademark",
        "A trademark with words that only a medicine has beside it.",
        "Sales of Zoltiva® to cancer patients rose after clinical trials.",
        "The ZoltiPump® device and the Zoltimap® app help cancer patients in clinical trials.",
    ),
    NameRule(
        "product.pair",
        "A coined word before a code in brackets, or in brackets after a code or a signed brand.",
        "Cancer patients in clinical trials received zolustat (ALD-303) as therapy.",
        "Cancer patients in clinical trials received the treatment (ALD-303) as therapy.",
    ),
    NameRule(
        "product.code",
        "A code that nothing calls a conjugate or an antibody.",
        "The candidate ALD-303 is in clinical trials for cancer patients.",
        "The trial NCT01234567 of cancer patients is a clinical one, as Form 10-K of 2003 says.",
    ),
)
"""Every rule, the one that wins first."""

ORDER = {rule.name: rank for rank, rule in enumerate(RULES)}
"""The rank of each rule's name."""
