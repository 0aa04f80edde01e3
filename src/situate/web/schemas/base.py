"""What all models share."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from situate.contract.picture import json_schema

Responses: TypeAlias = dict[int | str, dict[str, Any]]


class Shape(BaseModel):
    """A model of an answer: it has all of its fields, and no others."""

    model_config = ConfigDict(extra="forbid", json_schema_mode_override="serialization")


class Page(Shape):
    """A page of a listing."""

    after: str | None = Field(description="the cursor of the next page; null at the end")


# The picture of a report is described by the contract's own schema, which `pictured` puts beside the others.
PICTURE: Responses = {200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Picture"}}}}}


def pictured() -> dict[str, Any]:
    """The contract's schemas by the names that they have in the description of the API."""
    schema = json.loads(json.dumps(json_schema()).replace('"#/$defs/', '"#/components/schemas/Picture.'))
    parts = {f"Picture.{name}": part for name, part in schema.pop("$defs").items()}
    return parts | {"Picture": {name: value for name, value in schema.items() if not name.startswith("$")}}
