"""`python -m kg` and `kg` are the command; Ctrl-C is one line also while it is loaded."""

import gc
import os
import sys

from kg import interrupt

# New objects between two searches for cycles. With Python's 700 a model and its tables are searched again and
# again while they are loaded.
SELDOM = 50_000


def main() -> int:
    """Run the command of this process's arguments and give its exit code."""
    interrupt.listen()
    gc.set_threshold(SELDOM, 10, 10)
    try:
        from kg.cli import main as command

        code = command()
        interrupt.ignore()
        # What is left goes with the process: no search for cycles in it.
        gc.freeze()
    except KeyboardInterrupt:
        interrupt.ignore()
        print(interrupt.MESSAGE, file=sys.stderr)
        code = interrupt.CODE
    if code == interrupt.CODE:
        # Python would end itself by the signal once more where it came while a text was executed.
        sys.stderr.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
