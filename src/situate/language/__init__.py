"""Reports as sentences with grammar and the model's suggestions: what every reader stands on."""

from situate.language.document import Document, Name, Proposal, Role, Sentence
from situate.language.grammar import parse

__all__ = ["Document", "Name", "Proposal", "Role", "Sentence", "parse"]
