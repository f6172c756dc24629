"""HTML to PDF; the only importer of WeasyPrint."""
