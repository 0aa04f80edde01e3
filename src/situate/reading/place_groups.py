"""The names of one report by what they are called: a group a name, and groups that mean one place as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from situate.contract import PlaceKind
from situate.knowledge.gazetteer import Gazetteer, KnownPlace
from situate.knowledge.gazetteer_keys import plain_key
from situate.reading.place_nouns import Naming

MAIN = frozenset(("admin", "settlement"))


@dataclass(slots=True)
class Group:
    """The namings of one report that go by one name, and what they are taken to mean."""

    name: str
    namings: list[Naming]
    hint: PlaceKind | None
    candidates: tuple[KnownPlace, ...]
    near_only: bool = False  # the candidates are what the place is called after, not the place itself
    best: KnownPlace | None = None
    rivals: tuple[KnownPlace, ...] = ()

    @property
    def key(self) -> str:
        """What tells the group from the report's others."""
        return f"{self.name} {self.hint == 'admin'}"

    @property
    def kind(self) -> PlaceKind:
        """The kind of place: that of the noun beside it, of the gazetteer, or of the tagger."""
        if self.best is not None and not self.near_only and self.hint in (None, self.best.kind):
            return self.best.kind
        if self.hint is not None:
            return self.hint
        tagged = Counter(n.tagged for n in self.namings if n.tagged)
        return tagged.most_common(1)[0][0] if tagged else "settlement"


def grouped(namings: Iterable[Naming], gazetteer: Gazetteer) -> list[Group]:
    """Namings by name; a province and the city of its name are two."""
    groups: dict[tuple[str, bool], Group] = {}
    for naming in namings:
        candidates, near_only = _candidates(naming, gazetteer)
        core = naming.core if naming.core and naming.hint in MAIN else naming.name
        if core != naming.name and _named_after_whole(naming, gazetteer):
            core = naming.name
        key = plain_key(core) or core, naming.hint == "admin"
        group = groups.get(key)
        if group is None:
            groups[key] = Group(core, [naming], naming.hint, candidates, near_only)
            continue
        group.namings.append(naming)
        group.hint = group.hint or naming.hint
        if not group.candidates:
            group.candidates, group.near_only = candidates, near_only
    return list(groups.values())


def _candidates(naming: Naming, gazetteer: Gazetteer) -> tuple[tuple[KnownPlace, ...], bool]:
    """The places that a name may mean, and whether they are only what it is called after ("Mosul airport": Mosul)."""
    whole = gazetteer.find(naming.name, naming.core is None)
    if whole or naming.core is None:
        return whole, False
    found = gazetteer.find(naming.core)
    return found, naming.hint not in MAIN and not any(c.kind == naming.hint for c in found)


def _named_after_whole(naming: Naming, gazetteer: Gazetteer) -> bool:
    """Whether a town is called after its country or state: "Mexico City" is no other name of "Mexico"."""
    if naming.hint != "settlement" or naming.core is None or not gazetteer.find(naming.name, False):
        return False
    return any(p.kind == "country" or p.feature == "ADM1" for p in gazetteer.find(naming.core, False)[:1])


def merged(groups: Sequence[Group]) -> list[Group]:
    """Groups that mean the same place as one."""
    out: list[Group] = []
    for group in groups:
        twin = next((o for o in out if _one_place(o, group)), None)
        if twin is None:
            out.append(replace(group, namings=list(group.namings)))
        else:
            twin.namings += group.namings
            twin.hint = twin.hint or group.hint
    for group in out:
        group.namings.sort(key=lambda n: n.start)
    return out


def _one_place(one: Group, other: Group) -> bool:
    if one.near_only or other.near_only or one.best is None or other.best is None or one.kind != other.kind:
        return False
    a, b = one.best, other.best
    same_id = a.gazetteer is not None and a.gazetteer == b.gazetteer
    return same_id or (a.name, a.kind, a.country, a.lat) == (b.name, b.kind, b.country, b.lat)
