"""A command whose output nobody reads to the end, as with ``| head``, leaves without a fuss."""

import os
import subprocess
import sys

COMMAND = "import sys; from wherewithal.cli import main; sys.exit(main(sys.argv[1:]))"


def test_a_reader_that_has_left_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "scheme", "show", "standard-adult"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")
