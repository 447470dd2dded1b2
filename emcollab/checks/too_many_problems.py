"""The file has more problems than are told at a time.

Five hundred of one file are told. A file with more was most likely made by a program, or is no data file: what
is wrong with the first is wrong with the rest.

Wrong: a list of a thousand papers, each with its date as `22/02/2010`.
Right: the same list, once the program that made it writes `2010-02-22`.
"""
