"""The Unicode Bidirectional Algorithm, UAX #9: embedding levels of plain text."""
