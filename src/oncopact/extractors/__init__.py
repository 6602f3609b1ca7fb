"""Mentions in a sentence → facts, each with the evidence of its own match."""
