"""The subcommands, one a module: each reads its options, calls the rooms below, and prints."""
