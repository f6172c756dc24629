"""Values of the front matter as YAML has them, and what is said of one that does not fit."""

from __future__ import annotations

import re

import yaml

WHITE_SPACE = re.compile(r"[ \t\r\n]+")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What no page and no PDF can hold, but a text between quotation marks can ask for by its number."""
TEXT_TAG = "tag:yaml.org,2002:str"
SCALARS_AS_TEXT = {TEXT_TAG, "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"}


class ValueFaultError(Exception):
    """A value is not what its key takes; ``node`` is the part at fault, where that is not the whole value."""

    def __init__(self, message: str, hint: str, node: yaml.Node | None = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.node = message, hint, node


def text_of(node: yaml.Node) -> str:
    """Return a text, on one line; raises ValueFaultError where the value is none."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in SCALARS_AS_TEXT:
        raise ValueFaultError(f"Unexpected {what(node)}, expected text", "Put the text between quotation marks")
    text = WHITE_SPACE.sub(" ", str(node.value)).strip(" ")
    if match := UNPRINTABLE.search(text):
        code = f"U+{ord(match[0]):04X}"
        raise ValueFaultError(f"Unexpected character {code}, expected text", "Take the character out")
    return text


def what(node: yaml.Node) -> str:
    """Return a value as a message shows it."""
    if isinstance(node, yaml.ScalarNode):
        return f"`{node.value}`" if str(node.value) else "nothing"
    if node.tag.startswith("tag:yaml.org,2002:python"):
        return "a Python object"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a table"
