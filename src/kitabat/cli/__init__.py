"""The command line: the one place that reads arguments and prints."""
