"""From a file's bytes to its text, or a refusal that says what to do."""

import codecs
import sys
import unicodedata

from .article import Refusal

STANDARD_INPUT = "-"
MAX_BYTES = 1024 * 1024
NOT_UTF_8 = "The file is not UTF-8: open it in a text editor and save it as UTF-8."
BINARY = "The file is binary: save the article as plain text or Markdown."
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(name: str) -> str:
    """The text of the file `name`, or of standard input if it is "-".

    Raises Refusal where there is no file, no permission or no text.
    """
    return _decoded(_read(name))


def _read(name: str) -> bytes:
    """At most one byte more than is allowed."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with open(name, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Refusal(f"There is no file {name}.") from None
    except IsADirectoryError:
        raise Refusal(f"{name} is a folder: name one file.") from None
    except PermissionError:
        raise Refusal(f"You have no permission to read {name}.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(f"{name} cannot be read: {reason}.") from None


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise Refusal("The file is larger than 1 MiB, which is more than any article needs.")
    is_utf_16 = data.startswith(UTF_16_MARKS)
    if not is_utf_16 and b"\0" in data:
        raise Refusal(BINARY)
    try:
        text = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(NOT_UTF_8) from None
    if any(_is_control(character) for character in text):
        raise Refusal(BINARY)
    if not text.strip():
        raise Refusal("The file is empty.")
    return text


def _is_control(character: str) -> bool:
    """Whether a text cannot hold this: a control character that is neither a space nor a break."""
    return unicodedata.category(character) == "Cc" and not character.isspace()
