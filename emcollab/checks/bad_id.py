"""An id that is not written as ids are.

Ids are small letters and digits, parted by single hyphens.

Wrong: `Mobile_Data:`.
Right: `mobile-data:`.
"""
