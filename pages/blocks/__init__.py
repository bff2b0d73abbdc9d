"""Blocks that a page's body is built from: one module a family."""
