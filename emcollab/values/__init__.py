"""Values: amounts, periods and days, hidden characters, the words of the field, problems. Nothing is imported here."""
