"""The command line: one file a verb, argument parsing and printing only."""
