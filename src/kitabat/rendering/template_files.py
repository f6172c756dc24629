"""Files of templates and style sheets: a publication's own first, then the toolkit's; nothing here imports Jinja."""

from __future__ import annotations

from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import Workspace

FOLDER = "templates"


class TemplateFiles:
    """A publication's ``templates/``, which go before the toolkit's."""

    def __init__(self, project: Workspace, toolkit: Workspace) -> None:
        self.project = project
        self.toolkit = toolkit

    def source(self, name: str) -> str | None:
        """Return a template's or a style sheet's text; None where there is none.

        Raises PublishingError where the file cannot be read, or is not UTF-8.
        """
        path = f"{FOLDER}/{name}"
        for workspace in (self.project, self.toolkit):
            if workspace.exists(path):
                return _text(workspace, path)
        return None


def _text(workspace: Workspace, path: str) -> str:
    try:
        content = workspace.read(path)
    except OSError as fault:
        message = f"Cannot read: {fault.strerror or fault}"
        hint = "Mend the file or its permissions, or remove it to have the toolkit's own"
        raise PublishingError(error("rendering/template", message, Location(path), hint)) from fault
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        message = f"Unexpected byte 0x{content[fault.start]:02X}, expected UTF-8"
        place = Location(path, content.count(b"\n", 0, fault.start) + 1)
        raise PublishingError(error("rendering/template", message, place, "Save the file as UTF-8")) from fault
