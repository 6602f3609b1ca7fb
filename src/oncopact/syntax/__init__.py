"""Shallow syntax: tokens with tags, noun and verb groups, clauses.

The finite-state cascade of the message-understanding systems, kept small: no model, only closed word classes, a list of
the verbs that releases use, and the shapes of words. It knows what the frames need (who is the subject, which
preposition, which voice, tense, polarity and modality) and nothing else.
"""
