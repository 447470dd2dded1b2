"""A sheet that holds a printed table: where things stand on it, what its columns and rows are, and the record of it."""
