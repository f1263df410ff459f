"""Reading text: the normal form that every key is matched in, tokens, sentences and proclitics.

camel_tools knows the Arabic character sets too, but costs most of a second to import; the tables here give what its
functions give, and the tests hold them to it.
"""

from kg.text.clitics import Split, splits
from kg.text.normal import normal, normalize
from kg.text.sentences import Sentence, sentences
from kg.text.tokens import Kind, Token

__all__ = ["Kind", "Sentence", "Split", "Token", "normal", "normalize", "sentences", "splits"]
