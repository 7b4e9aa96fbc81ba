"""Countries of warehouses: which two letters are one, the region that shipping times go by, the clock."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

# ISO 3166-1 alpha-2, and UK and EU as sellers write them.
_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW UK EU
"""
COUNTRIES = frozenset(_CODES.split())

_REGIONS = {
    "us": "US CA MX",
    "eu": "EU UK GB AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE",
    "jp": "JP KR",
    "sea": "SG MY TH VN PH ID",
}
_REGION_OF = {country: region for region, countries in _REGIONS.items() for country in countries.split()}

_ZONES = {
    "US": "America/Los_Angeles", "CA": "America/Toronto", "MX": "America/Mexico_City",
    "BR": "America/Sao_Paulo", "UK": "Europe/London", "GB": "Europe/London", "IE": "Europe/Dublin",
    "EU": "Europe/Berlin", "DE": "Europe/Berlin", "FR": "Europe/Paris", "IT": "Europe/Rome",
    "ES": "Europe/Madrid", "PT": "Europe/Lisbon", "NL": "Europe/Amsterdam", "BE": "Europe/Brussels",
    "LU": "Europe/Luxembourg", "AT": "Europe/Vienna", "CH": "Europe/Zurich", "PL": "Europe/Warsaw",
    "CZ": "Europe/Prague", "SK": "Europe/Bratislava", "HU": "Europe/Budapest", "RO": "Europe/Bucharest",
    "BG": "Europe/Sofia", "GR": "Europe/Athens", "HR": "Europe/Zagreb", "SI": "Europe/Ljubljana",
    "DK": "Europe/Copenhagen", "SE": "Europe/Stockholm", "NO": "Europe/Oslo", "FI": "Europe/Helsinki",
    "EE": "Europe/Tallinn", "LV": "Europe/Riga", "LT": "Europe/Vilnius", "CY": "Asia/Nicosia",
    "MT": "Europe/Malta", "TR": "Europe/Istanbul", "JP": "Asia/Tokyo", "KR": "Asia/Seoul",
    "CN": "Asia/Shanghai", "HK": "Asia/Hong_Kong", "MO": "Asia/Macau", "TW": "Asia/Taipei",
    "SG": "Asia/Singapore", "MY": "Asia/Kuala_Lumpur", "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh",
    "PH": "Asia/Manila", "ID": "Asia/Jakarta", "IN": "Asia/Kolkata", "AE": "Asia/Dubai",
    "SA": "Asia/Riyadh", "AU": "Australia/Sydney", "NZ": "Pacific/Auckland",
}  # fmt: skip

_FIRST_TWO = re.compile(r"([A-Za-z]{2})(?![A-Za-z])")


def country_of_name(name: str) -> str:
    """The country that a warehouse's name begins with, "" where it begins with none.

    The two letters must stand by themselves: Main is not in Morocco, nor Germany in Georgia.

    >>> country_of_name("JP-OSA"), country_of_name("uk 1"), country_of_name("Main"), country_of_name("主仓")
    ('JP', 'UK', '', '')
    """
    match = _FIRST_TWO.match(name.strip())
    letters = match[1].upper() if match else ""
    return letters if letters in COUNTRIES else ""


def region_of(country: str) -> str:
    """The region whose sea days in Settings apply: us, eu, jp, sea, or "" for none of them.

    >>> region_of("UK"), region_of("KR"), region_of("CN")
    ('eu', 'jp', '')
    """
    return _REGION_OF.get(country, "")


def zone_of(country: str) -> str:
    """The time zone assumed for a country's warehouses; UTC where none is known.

    >>> zone_of("DE"), zone_of("")
    ('Europe/Berlin', 'UTC')
    """
    return _ZONES.get(country, "UTC")


def known_zone(text: str) -> str | None:
    """The time zone that a text names, in its proper spelling; None where there is no such zone.

    >>> known_zone("america/los angeles"), known_zone("Beijing time")
    ('America/Los_Angeles', None)
    """
    return _zones().get("_".join(text.casefold().split()))


@cache
def _zones() -> dict[str, str]:
    """Spelling by folded name; read only once somebody has typed a zone, for it takes a while."""
    return {name.casefold(): name for name in sorted(available_timezones())}
