"""Pages to documents: the article without what stands around it, its title, date, datelines and credits.

`Page` in, `Document` or `Rejected` out. Says nothing about what the words mean, and never looks at the world.
"""

from villani.text.article import Cleaner

__all__ = ["Cleaner"]
