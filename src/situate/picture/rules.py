"""The layers whose entries are kept in groups, each with the rule by which they go together."""

from __future__ import annotations

from collections.abc import Mapping

from situate.picture import event_rule
from situate.picture.grouping import Rule

RULES: Mapping[str, Rule] = {rule.layer: rule for rule in (event_rule.RULE,)}
