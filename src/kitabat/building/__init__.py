"""Tasks, and the output folder that they fill; knows no publishing."""
