"""The layers whose entries are kept in groups, each with the rule by which they go together.

Agreements and movements go together by rules as well (`agreement_rule`, `movement_rule`), but what is told of a place
month after month makes chains without end, which would have to be grouped again with every report: theirs are made when
asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from situate.picture import control_rule, event_rule
from situate.picture.grouping import Rule

_MODULES = (event_rule, control_rule)
RULES: Mapping[str, Rule] = {module.RULE.layer: module.RULE for module in _MODULES}
