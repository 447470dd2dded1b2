"""The tests of emcollab; each module's docstring says what it shows."""
