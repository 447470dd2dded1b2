"""The file nests lists and mappings deeper than any record does.

No record has more than twelve levels. Deeper ones are slips of indentation, or made to exhaust the reader.

Wrong: `[[[[[[[[[[[[[1]]]]]]]]]]]]]`.
Right: the levels that the record has.
"""
