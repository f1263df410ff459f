"""The process that parses files for `kg.sources.worker`; its one argument is the memory that it may have, in bytes."""

import sys

from kg.sources.worker import serve

if __name__ == "__main__":
    serve(int(sys.argv[1]))
