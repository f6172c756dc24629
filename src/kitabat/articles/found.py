"""Which articles a publication has, by their files and by their slugs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning
from kitabat.workspace import Workspace

CONTENT = "content"
SUFFIX = ".md"


class Named(Protocol):
    """Anything that stands for an article."""

    @property
    def slug(self) -> str:
        """The article's name in addresses."""

    @property
    def path(self) -> str:
        """The path of its file."""


N = TypeVar("N", bound=Named)


def article_paths(workspace: Workspace) -> Outcome[tuple[str, ...]]:
    """Return the paths of the articles' files, sorted."""
    try:
        paths = workspace.list(CONTENT, SUFFIX)
    except OSError as fault:
        return Outcome((), (unreadable(str(fault.filename or CONTENT), fault),))
    return Outcome(paths, () if paths else (_none(workspace),))


def each_slug_once(found: Iterable[N]) -> Outcome[tuple[N, ...]]:
    """Return the articles by slug; of several with one slug the first, and a fault for each of the others."""
    articles: dict[str, N] = {}
    diagnostics = []
    for article in found:
        # Some disks take `News` and `news` for one name.
        first = articles.setdefault(article.slug.casefold(), article)
        if first is not article:
            diagnostics.append(_duplicate(article, first))
    return Outcome(tuple(sorted(articles.values(), key=lambda article: article.slug)), tuple(diagnostics))


def _none(workspace: Workspace) -> Diagnostic:
    if workspace.exists(CONTENT):
        hint = "Move the file away, and put the articles into a folder of this name"
        return error("article/file", "Unexpected file, expected a folder of articles", Location(CONTENT), hint)
    message = f"Unexpected publication without an article, expected a file {CONTENT}/….md"
    return warning("article/none", message, Location(CONTENT), f"Write an article into {CONTENT}/")


def _duplicate(article: Named, first: Named) -> Diagnostic:
    return error(
        "article/slug",
        f"Unexpected second article with the slug `{article.slug}`, expected each slug once; {first.path} has it too",
        Location(article.path, 1, 1),
        "Rename one of the files, or give it a `slug` of its own in its front matter",
    )


def unreadable(path: str, fault: OSError) -> Diagnostic:
    """Return the fault of a file or folder that cannot be read."""
    reason = fault.strerror or "it leads out of the project"
    return error("article/file", f"Cannot read: {reason}", Location(path), "Mend the file or its permissions")
