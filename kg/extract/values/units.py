"""Currencies (ISO 4217) and units (UCUM) by the words that texts use for them."""

from __future__ import annotations

from kg.extract.lexicon import listed, mapping

SYMBOLS = mapping("units", "symbol")
CODES = listed("units", "currency", "codes")
# Signs of money behind a number.
BEHIND = mapping("units", "behind")
MONEY = mapping("units", "money")
# Money that several countries call the same, and codes by country and money.
SHARED_MONEY = listed("units", "currency", "shared")
COINS = frozenset(listed("units", "currency", "single"))
NATIONAL: dict[tuple[str, str], str] = {
    (land, money): code
    for name, code in mapping("units", "national").items()
    for land, _, money in [name.rpartition(" ")]
}
UCUM = mapping("units", "unit")
