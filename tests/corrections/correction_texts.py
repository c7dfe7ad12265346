"""Three short texts that the tests of corrections are about."""

TEXTS = {
    "a.txt": (
        "Anna Berg founded Orbis Bank. She sold the firm to Norvia.\n\n"
        "Bo Ek left Orbis Bank. The mill burned."
    ),
    "b.txt": "Orbis Bank opened an office in Leeds. Ann Lee leads the office. Anna Berg visited Leeds.",
    "c.txt": "Ann Lee won the Norland Cup in 2019. Orsa sponsored the cup. Orbis Bank did not buy Norvia.",
}
