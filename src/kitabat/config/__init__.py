"""``kitabat.toml`` to one documented record; a fault is a diagnostic with its line, and all faults are told at once."""

from kitabat.config.read import PATH, load
from kitabat.config.record import LanguageConfig, Margins, PdfConfig, SiteConfig

__all__ = ["PATH", "LanguageConfig", "Margins", "PdfConfig", "SiteConfig", "load"]
