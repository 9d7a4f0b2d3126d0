"""What a command writes: looked at before the work begins, and then all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from wherewithal.allocation.whole_files import straight, written_whole
from wherewithal.cli import Mistake


def look_at(outputs: Iterable[Path | None], *, read: Iterable[str | Path] = ()) -> None:
    """Look whether files can be written, and whether they would overwrite one another.

    Raises:
        Mistake: one is named twice, is among those that are ``read``, or can't be written.
    """
    sources = {Path(each).resolve() for each in read}
    seen: set[Path] = set()
    for path in outputs:
        if path is None:
            continue
        real = path.resolve()
        if straight(path) and not path.is_dir():
            continue
        if real in sources:
            raise Mistake(f"{path} is read, and would be overwritten. Write to another file.")
        if real in seen:
            raise Mistake(f"{path} is named for two files. Give each its own name.")
        seen.add(real)
        if path.is_dir():
            raise Mistake(f"{path} can't be written (Is a directory). Name a file in it.")
        if not path.parent.is_dir():
            raise Mistake(f"{path} can't be written (No such file or directory). Check the path.")


def write_all(contents: Mapping[Path, Callable[[], bytes]]) -> list[Path]:
    """Write files, all of them or none; return their paths.

    Raises:
        Mistake: one can't be written, or what makes it is not installed.
    """
    path = Path()
    try:
        with ExitStack() as stack:
            for path, content in contents.items():
                stack.enter_context(written_whole(path)).write_bytes(content())
    except OSError as error:
        raise Mistake(f"{path} can't be written ({error.strerror}). Check the path.") from None
    except ImportError as error:
        raise Mistake(str(error)) from None
    return list(contents)
