"""How releases name currencies: signs, ISO 4217 codes, words."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

DOLLARS: Final = MappingProxyType(
    {
        "": "USD",
        "US": "USD",
        "U.S.": "USD",
        "USD": "USD",
        "A": "AUD",
        "AU": "AUD",
        "AUD": "AUD",
        "AUS": "AUD",
        "C": "CAD",
        "CA": "CAD",
        "CAD": "CAD",
        "CAN": "CAD",
        "CDN": "CAD",
        "HK": "HKD",
        "HKD": "HKD",
        "S": "SGD",
        "SG": "SGD",
        "SGD": "SGD",
        "NZ": "NZD",
        "NZD": "NZD",
        "NT": "TWD",
        "NTD": "TWD",
        "R": "BRL",
        "BRL": "BRL",
        "MEX": "MXN",
        "MX": "MXN",
        "MXN": "MXN",
    }
)
"""What stands before a dollar sign → the currency."""

SIGNS: Final = MappingProxyType({"€": "EUR", "£": "GBP", "￡": "GBP", "¥": "JPY", "￥": "JPY", "₩": "KRW", "₹": "INR"})
"""Signs that stand alone. A bare yen sign is Japanese unless RMB or CNY stands before it."""

CODES: Final = MappingProxyType(
    {
        code: code
        for code in """EUR USD GBP CHF DKK SEK NOK JPY CNY KRW INR AUD CAD HKD SGD NZD TWD BRL MXN ILS ZAR RUB PLN CZK
        HUF ISK THB MYR IDR PHP SAR AED TRY DEM FRF ITL ESP NLG BEF ATS FIM IEP PTE GRD LUF XEU""".split()
    }
    | {
        "EURO": "EUR",
        "EUROS": "EUR",
        "ECU": "XEU",
        "RMB": "CNY",
        "RMB¥": "CNY",
        "CNY¥": "CNY",
        "JP¥": "JPY",
        "YEN": "JPY",
        "WON": "KRW",
        "SFR": "CHF",
        "SFR.": "CHF",
        "DKR": "DKK",
        "SKR": "SEK",
        "NKR": "NOK",
        "NTD": "TWD",
        "NIS": "ILS",
        "RS.": "INR",
        "STG£": "GBP",
        "IR£": "IEP",
        "DM": "DEM",
        "FF": "FRF",
    }
)
"""Letters that stand before or after a figure → the currency."""

STRICT: Final = frozenset(CODES) - set(
    "EUR USD GBP JPY CNY RMB RMB¥ CNY¥ JP¥ STG£ DKK SEK NOK KRW AUD CAD HKD SGD NZD EURO EUROS IR£".split()
)
"""Letters that mean other things too (the payload DM1, congestive heart failure, a clotting ratio): they name a
currency only beside a magnitude word or a figure with thousands separators."""

_NAMES = {
    "AUD": "australian dollars?|aussie dollars?",
    "CAD": "canadian dollars?",
    "HKD": "hong kong dollars?",
    "SGD": "singapore dollars?|singaporean dollars?",
    "NZD": "new zealand dollars?",
    "TWD": "(?:new )?taiwan(?:ese)? dollars?|nt dollars?",
    "USD": "u\\.?s\\.? dollars?|united states dollars?|american dollars?|dollars?(?: \\(us\\))?",
    "EUR": "euros?",
    "GBP": "pounds? sterling|british pounds?(?: sterling)?|uk pounds?(?: sterling)?|pounds?",
    "IEP": "irish pounds?|irish punts?",
    "JPY": "japanese yen|yen",
    "CNY": "chinese yuan(?: renminbi)?|yuan(?: renminbi| rmb)?|chinese renminbi|renminbi(?: yuan)?",
    "CHF": "swiss francs?",
    "FRF": "french francs?",
    "BEF": "belgian francs?",
    "LUF": "luxembourg francs?",
    "DEM": "deutsche?[ -]?marks?|german marks?|d-marks?",
    "ITL": "italian lir[ae]",
    "ESP": "(?:spanish )?pesetas?",
    "NLG": "(?:dutch )?guilders?",
    "ATS": "(?:austrian )?schillings?",
    "FIM": "finnish marks?|finnmarks?",
    "PTE": "(?:portuguese )?escudos?",
    "GRD": "(?:greek )?drachmas?",
    "DKK": "danish (?:kroner|krone|crowns?)",
    "SEK": "swedish (?:kronor|krona|kroner|crowns?)",
    "NOK": "norwegian (?:kroner|krone|crowns?)",
    "ISK": "icelandic (?:kr[oó]nur|kr[oó]na)",
    "KRW": "(?:south )?korean won|won",
    "INR": "indian rupees?|rupees?",
    "BRL": "(?:brazilian )?reais|brazilian reals?",
    "ILS": "(?:new )?israeli shekels?|shekels?",
    "ZAR": "(?:south african )?rand",
    "RUB": "(?:russian )?rou?bles?",
    "PLN": "(?:polish )?(?:zloty|złoty|zlotys)",
    "XEU": "ecus?",
}
HEADS: Final = frozenset(
    """dollar dollars euro euros pound pounds sterling punt punts yen yuan renminbi franc francs mark marks lira lire
    peseta pesetas guilder guilders schilling schillings finnmark finnmarks escudo escudos drachma drachmas kroner krone
    kronor krona krónur króna kronur crown crowns won rupee rupees reais real reals shekel shekels rand rouble roubles
    ruble rubles zloty złoty zlotys ecu ecus deutschmark deutschmarks deutschemark deutschemarks""".split()
)
"""The words that a currency's name ends with or, with 'sterling' and 'renminbi', has in it."""

NEEDS_MAGNITUDE: Final = frozenset({"won", "pound", "pounds", "rand", "ecu", "ecus"})
"""Words that mean other things beside a bare number ('200 pounds', 'won 3 awards')."""


def _blanks(names: str) -> str:
    return names.replace("[ -]", r"[\s-]").replace(" ", r"[\s-]+")


WORD: Final = "|".join(f"(?P<{code}>{_blanks(names)})" for code, names in _NAMES.items())
"""Currencies in words, one named group each, for patterns that ignore case."""


def letters(table: MappingProxyType[str, str]) -> str:
    """The keys of a table as an alternation, longest first, so that none hides a longer one."""
    return "|".join(re.escape(key) for key in sorted(table, key=lambda key: (-len(key), key)) if key)
