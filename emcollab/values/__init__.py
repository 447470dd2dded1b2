"""Values: amounts, years and days, the words of the field, problems. Nothing is imported here."""
