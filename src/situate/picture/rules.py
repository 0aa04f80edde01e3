"""The layers whose entries are kept in groups, each with the rule by which they go together."""

from __future__ import annotations

from collections.abc import Mapping

from situate.picture import agreement_rule, control_rule, event_rule, movement_rule
from situate.picture.grouping import Rule

_MODULES = (event_rule, control_rule, agreement_rule, movement_rule)
RULES: Mapping[str, Rule] = {module.RULE.layer: module.RULE for module in _MODULES}
