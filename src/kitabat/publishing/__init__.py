"""From a publication to its output; the only place that sees all stages."""
