"""The file has a tab.

Readers of YAML do not agree what a tab is, so a file with tabs is read by some and refused by others.

Wrong: a line indented with a tab.
Right: two spaces.
"""
