"""Knowledge graphs of oncology collaborations, read from press releases by rules: every fact with its sentence."""

__version__ = "0.1.0"
