"""What is true of Urdu alone."""
