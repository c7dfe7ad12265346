"""The labels that the trained component of names gives to tokens."""

NAME_TYPES = (
    "Person",
    "Organization",
    "GPE",
    "Location",
    "Facility",
    "Group",
    "Event",
    "Product",
    "Work",
    "Law",
    "Language",
    "Other",
)
NAME_LABELS = ("O", *(f"{p}-{t}" for t in NAME_TYPES for p in "BI"))
NOMINAL_TYPES = ("O", "Person", "Organization", "Location", "Event", "Object", "Abstract", "Time")
# What the stock model marks and is no name; the same labels as its own.
VALUE_TYPES = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")
VALUE_LABELS = ("O", *(f"{p}-{t}" for t in VALUE_TYPES for p in "BI"))
# The labels of spaCy's English models for our classes of names.
STOCK_LABELS = {
    "Person": "PERSON",
    "Organization": "ORG",
    "GPE": "GPE",
    "Location": "LOC",
    "Facility": "FAC",
    "Group": "NORP",
    "Event": "EVENT",
    "Product": "PRODUCT",
    "Work": "WORK_OF_ART",
    "Law": "LAW",
    "Language": "LANGUAGE",
}

# Where the trained component keeps what `doc.ents` does not hold: names inside names, heads of nominals.
INNER, NOMINALS = "kg_inner", "kg_nominals"
# Where it keeps, by the first token of a name, the share of each type.
ODDS = "kg_odds"
