"""Something that PyYAML reads and other readers of YAML 1.2 do not, or read otherwise.

Editors and other tools must see the same data as this one does.

Wrong: `[0.040, 0.465, -]`.
Right: `[0.040, 0.465, "-"]`.
"""
