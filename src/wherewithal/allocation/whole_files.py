"""Files that are written whole: until all of one is there, what was there before stays."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def straight(path: Path) -> bool:
    """Say whether a path is no ordinary file, so that nothing can be put in its place."""
    device = path.absolute().parts[:2] in (("/", "dev"), ("/", "proc"))
    return device or (path.exists() and not path.is_file())


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write to; what was written takes the place of ``path`` at the very end.

    Where it fails nothing is left behind. What is no ordinary file (``/dev/stdout``) is written to
    as it is.

    Raises:
        OSError: it can't be written there.
    """
    real = path.resolve()
    if straight(path):
        yield path
        return
    if real.exists() and not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    part = real.with_name(f".part-{os.getpid()}-{real.name}")
    try:
        part.touch()
        yield part
        if real.exists():
            shutil.copymode(real, part)
        part.replace(real)
    finally:
        part.unlink(missing_ok=True)
