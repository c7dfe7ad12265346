"""`python -m kg` and `kg` are the command; Ctrl-C is one line also while it is loaded."""

import os
import sys

from kg import interrupt


def main() -> int:
    """Run the command of this process's arguments and give its exit code."""
    interrupt.listen()
    try:
        from kg.cli import main as command

        code = command()
        interrupt.ignore()
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
