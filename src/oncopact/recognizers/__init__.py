"""Text to mentions: what a name, an amount, a date or a territory looks like on the page.

Each module answers one question with `find(text, start, end)`, reads nothing but the text and returns mentions sorted
by span; offsets count in the whole `text`, so that a caller may hand over a release and the range of one sentence.
"""
