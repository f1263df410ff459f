"""alliance-kg: reads Arabic documents into a knowledge graph of alliances and defence agreements."""

__version__ = "0.1.0"
