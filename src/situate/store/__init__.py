"""Pictures kept, each once, in SQLite or PostgreSQL, and what can be asked of them.

>>> from situate.store import Filters, Store, query
>>> with Store.open("situate.db") as store:
...     page = query.page(store, "events", Filters(places=("Idlib",), since="2018-09-01"))
"""

from situate.store.decisions import Decision
from situate.store.filters import Filters
from situate.store.listed import Listed, Merged
from situate.store.merging import Merge, merge
from situate.store.store import Kept, Store

__all__ = ["Decision", "Filters", "Kept", "Listed", "Merge", "Merged", "Store", "merge"]
