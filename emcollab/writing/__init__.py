"""What proves and writes data: values as text, text put in its place, and the proof that nothing else has changed."""
