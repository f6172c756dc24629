"""What is true of a language: text in, text and values out."""
