"""An existing translation paired with its source, block by block."""
