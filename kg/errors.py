"""The errors that users see, one tree.

::

    KgError
    ├── SourceError     a file or folder that cannot be read as a document
    ├── LexiconError    a row of kg/lexicon that breaks its schema or an example that does not fire
    ├── CurationError   a curation file that is malformed, or that names something that is not there
    ├── ClaimError      a claim whose quote is not the text it points at, or that breaks CLAIMS' rules
    ├── StoreError      a build directory or an RDF file that cannot be read or written
    └── QueryError      a query that is unknown, malformed or refused

Every message says which file, which place in it, what was expected and what to do.
"""


class KgError(Exception):
    """The root of every error that alliance-kg raises on purpose."""


class SourceError(KgError):
    """A file or folder cannot be read as a document."""


class LexiconError(KgError):
    """A lexicon row breaks its schema, or an example of it does not fire."""


class CurationError(KgError):
    """A curation file is malformed, or names a claim or an agreement that is not there."""


class ClaimError(KgError):
    """A claim cannot be made: its quote is not what stands at its span, or a field is out of its bounds."""


class StoreError(KgError):
    """A build directory or an RDF file cannot be read or written."""


class QueryError(KgError):
    """A query is unknown, malformed or asks for something that is refused."""
