"""The process in which an attachment is read: it may fail, swell or hang without harm to the site.

Bytes come by the standard input, the reading leaves as JSON by the standard output.
"""

from __future__ import annotations

import json
import sys

from maillage.web.publications.texte.pieces.lecteur import read_piece

MEMOIRE_MAX = 1_500_000_000
SECONDES_MAX = 30


def limit_resources() -> None:
    """Memory and processor time that no honest file needs; where the system knows such limits."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 — absent from Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES_MAX, SECONDES_MAX + 1))


def main() -> None:
    """Read the file named by the first argument from the standard input."""
    limit_resources()
    lecture = read_piece(sys.argv[1], sys.stdin.buffer.read())
    json.dump(lecture.to_dict(), sys.stdout)


if __name__ == "__main__":
    main()
