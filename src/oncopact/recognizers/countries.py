"""The world's countries and regions, as releases print them."""

from __future__ import annotations

from typing import Final


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|"))


COUNTRIES: Final = _listed(
    """Afghanistan|Albania|Algeria|American Samoa|Andorra|Angola|Anguilla|Antigua and Barbuda|Argentina|Armenia|Aruba
    |Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bermuda|Bhutan
    |Bolivia|Bonaire|Bosnia and Herzegovina|Bosnia|Herzegovina|Botswana|Brazil|British Virgin Islands|Brunei
    |Brunei Darussalam|Bulgaria|Burkina Faso|Burma|Burundi|Cabo Verde|Cambodia|Cameroon|Canada|Cape Verde
    |Cayman Islands|Central African Republic|Chad|Chile|China|Christmas Island|Cocos Islands|Colombia|Comoros
    |Congo|Democratic Republic of the Congo|Democratic Republic of Congo|Republic of the Congo|Cook Islands|Costa Rica
    |Côte d'Ivoire|Côte d’Ivoire|Cote d'Ivoire|Croatia|Cuba|Curaçao|Curacao|Cyprus|Czechia|Czech Republic|Denmark
    |Djibouti|Dominica|Dominican Republic|East Timor|Ecuador|Egypt|El Salvador|England|Equatorial Guinea|Eritrea|Estonia
    |Eswatini|Ethiopia|Falkland Islands|Faroe Islands|Fiji|Finland|France|French Guiana|French Polynesia|Gabon|Gambia
    |Georgia|Germany|Ghana|Gibraltar|Great Britain|Greece|Greenland|Grenada|Guadeloupe|Guam|Guatemala|Guernsey|Guinea
    |Guinea-Bissau|Guyana|Haiti|Holland|Holy See|Honduras|Hong Kong|Hong Kong SAR|Hungary|Iceland|India|Indonesia|Iran
    |Iraq|Ireland|Republic of Ireland|Isle of Man|Israel|Italy|Ivory Coast|Jamaica|Japan|Jersey|Jordan|Kazakhstan|Kenya
    |Kiribati|Korea|North Korea|South Korea|Republic of Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho
    |Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macao|Macau|Macao SAR|Macau SAR|Macedonia|North Macedonia
    |Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|Martinique|Mauritania|Mauritius|Mayotte|Mexico
    |Micronesia|Moldova|Monaco|Mongolia|Montenegro|Montserrat|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands
    |The Netherlands|New Caledonia|New Zealand|Nicaragua|Niger|Nigeria|Niue|Norfolk Island|Northern Ireland
    |Northern Mariana Islands|Norway|Oman|Pakistan|Palau|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines
    |Poland|Portugal|Puerto Rico|Qatar|Reunion|Réunion|Romania|Russia|Russian Federation|Rwanda|Saint Barthélemy
    |Saint Helena|Saint Kitts and Nevis|St. Kitts and Nevis|Saint Lucia|St. Lucia|Saint Martin|Saint Pierre and Miquelon
    |Saint Vincent and the Grenadines|Samoa|San Marino|Sao Tome and Principe|São Tomé and Príncipe|Saudi Arabia
    |Kingdom of Saudi Arabia|Scotland
    |Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Sint Maarten|Slovakia|Slovak Republic|Slovenia|Solomon Islands
    |Somalia|South Africa|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Swaziland|Sweden|Switzerland|Syria|Taiwan
    |Tajikistan|Tanzania|Thailand|Timor-Leste|Togo|Tokelau|Tonga|Trinidad and Tobago|Tunisia|Turkey|Türkiye|Turkiye
    |Turkmenistan|Turks and Caicos Islands|Tuvalu|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States
    |United States of America|Uruguay|Uzbekistan|Vanuatu|Vatican City|Venezuela|Viet Nam|Vietnam|Virgin Islands
    |U.S. Virgin Islands|Wales|Wallis and Futuna|Western Sahara|Yemen|Zambia|Zimbabwe|West Germany|Yugoslavia
    |Czechoslovakia|Soviet Union|People's Republic of China|People’s Republic of China|mainland China|Mainland China"""
)
"""Every country and dependent territory of ISO 3166-1 under its usual names, with some that are no more."""

SHORT: Final = ("U.S.A.", "U.S.", "U.K.", "P.R.C.", "USA", "US", "UK", "PRC", "UAE")
"""Countries in letters, which count only as they are written here."""

UNIONS: Final = _listed("E.U.|EU|EU5|EU27|EU28|EEA|APAC|EMEA|LATAM|MENA|ASEAN|CIS|DACH|ROW|RoW")
"""Parts of the world in letters."""

REGIONS: Final = _listed(
    """Greater China|Asia|East Asia|South Asia|Southeast Asia|South East Asia|South-East Asia|Northeast Asia
    |Central Asia|Asia-Pacific|Asia Pacific|Asia/Pacific|Pacific Rim|Far East
    |Middle East|Near East|Gulf States|Africa|North Africa
    |Northern Africa|Sub-Saharan Africa|sub-Saharan Africa|West Africa|East Africa|Southern Africa|America|North America
    |Latin America|South America|Central America|Central and South America|North and South America|Americas
    |Caribbean|Europe|Western Europe|Eastern Europe|Central Europe|Central and Eastern Europe|Northern Europe
    |Southern Europe|European Union|European Economic Area|Scandinavia|Nordics|Benelux|Baltics|Baltic States|Balkans
    |Iberia|Commonwealth of Independent States|Former Soviet Union|former Soviet Union|Oceania|Australasia
    |Indian subcontinent|British Isles|Hawaii|Alaska"""
)
"""Parts of the world."""

ADJECTIVES: Final = _listed(
    """American|North American|Latin American|South American|Australian|Austrian|Belgian|Brazilian|British|Canadian
    |Chinese|Danish|Dutch|European|Pan-European|pan-European|Finnish|French|German|Greek|Indian|Irish|Israeli|Italian
    |Japanese|Korean|South Korean|Mexican|Nordic|Norwegian|Polish|Portuguese|Russian|Scandinavian|Singaporean|Spanish
    |Swedish|Swiss|Taiwanese|Thai|Turkish|Asian|Pan-Asian|pan-Asian|African"""
)
"""Adjectives, which name a territory only before rights, a licence or a market."""

DOUBTFUL: Final = frozenset(
    ("America", "Georgia", "Jersey", "Jordan", "Chad", "Guinea", "Mali", "Reunion", "Hawaii", "Alaska", "CIS", "ROW")
)
"""Names of other things too; alone they are no territory."""
