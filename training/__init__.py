"""Training of the reader: corpus in, weights out. Imports villani, never the reverse."""
