"""``kitabat.toml`` to one documented record; a fault is a diagnostic with its line, and all faults are told at once."""

from kitabat.config.read import FORMATS, LANGUAGES, PATH, load
from kitabat.config.record import LanguageConfig, Margins, PdfConfig, SiteConfig

__all__ = ["FORMATS", "LANGUAGES", "PATH", "LanguageConfig", "Margins", "PdfConfig", "SiteConfig", "load"]
