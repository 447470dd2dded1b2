"""What writes data: sheets read as statements, and texts put into files in their place."""
