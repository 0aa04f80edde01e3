"""What readers see: the rules, which editors set."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from situate.store.decisions import ReviewState
from situate.store.rules import LONGEST, MOST, WIDEST, Rules
from situate.store.veiled import rule, rules
from situate.web.access import Editor, Reviewer, TheWholeStore
from situate.web.answers import answer
from situate.web.params import EntryLayer
from situate.web.schemas.deeds import RulesNow

router = APIRouter(tags=["people"])
Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Ruled(BaseModel):
    """What is withheld from readers, with its words: layers, actors and places (names or ids, as in a filter). Entries
    in one of the `reviews` states are not listed to them. `cell`: the side, in degrees, of the cells in whose middle
    they see coordinates; 0 for exact ones. Single entries are withheld by a decision: field "shown", reject.
    """

    layers: list[EntryLayer] = Field(default=[], max_length=7)
    actors: list[Name] = Field(default=[], max_length=MOST)
    places: list[Name] = Field(default=[], max_length=MOST)
    reviews: list[ReviewState] = Field(default=[], max_length=5)
    cell: float = Field(default=0, ge=0, le=WIDEST, allow_inf_nan=False)


@router.get("/rules", response_model=RulesNow)
def the_rules(request: Request, _who: Reviewer, store: TheWholeStore) -> Response:
    """The rules that hold."""
    return answer(request, rules(store).to_dict())


@router.put("/rules", response_model=RulesNow)
def set_rules(request: Request, said: Ruled, who: Editor, store: TheWholeStore) -> Response:
    """Let these rules hold from now on, for every view, export and live update; those before stay in the store."""
    rule(store, Rules.of(said.model_dump()), who.name)
    return answer(request, rules(store).to_dict())
