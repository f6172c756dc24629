"""The vocabulary: frozen, slotted data that every other floor speaks."""
