"""Folders and files to take away: the report, and the export."""
