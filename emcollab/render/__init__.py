"""The rooms that make text of results; nothing else does. One module a format, each a function result -> `str`."""
