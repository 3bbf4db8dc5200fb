"""The window and everything in it: the only package that knows Qt."""

import builtins

import PySide6.QtCore  # noqa: F401

# For its snake_case feature, which nothing here asks for, PySide puts a function of its own in the
# place of `import`. That reads the source of every module imported from then on, the ORM's too,
# to look for its name in it, and keeps the lines (napari/napari#8584). Its manual way back:
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
