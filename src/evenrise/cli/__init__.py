"""The command line: one file a command, each calls a lower floor."""
