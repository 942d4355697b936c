"""data/refusals.yaml: questions that the data cannot answer, why, what would be needed, what can be asked instead."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dashboard.model.documents import Document, Slug
from dashboard.model.rows import Text

# A parameter of an address of ours: nothing that could leave the site or carry markup.
_Value = Annotated[str, Field(pattern=r"^[A-Za-z0-9._,-]{1,80}$")]


class Alternative(Document):
    """A question that can be answered, and where: `page` is its address (empty for the overview), with parameters."""

    text: Text
    page: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,60}$")]
    params: dict[str, _Value] = Field(default_factory=dict)


class Refusal(Document):
    id: Slug
    question: Text
    why: Text
    needed: Text
    instead: Annotated[list[Alternative], Field(min_length=1)]


class Refusals(Document):
    refusals: Annotated[list[Refusal], Field(min_length=1)]
