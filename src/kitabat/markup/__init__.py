"""Markdown to blocks and messages, messages to HTML; the only importer of markdown-it-py."""
