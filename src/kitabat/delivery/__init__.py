"""Brings a built output to where readers get it: any folder or file system, in an order that never shows half of it."""
