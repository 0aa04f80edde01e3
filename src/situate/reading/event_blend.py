"""What the lexicon's readings and the model's proposals come to together.

Where the encoder has read the sentence, each decision weighs the sum that the tables of `event_weights` give against
the model's score for the same thing; the few weights of that are the table `blend`. Elsewhere the tables decide alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from situate.contract import EventType, Status
from situate.reading.event_weights import Table, logit
from situate.reading.triggers import Trigger

Values = Mapping[str, float]
_LEAST = 1e-3  # a model's probability below this says no more than this


def blended(table: Table, values: Values) -> float:
    """The sum of values by their weights."""
    return sum(table[name][0] * value for name, value in values.items() if name in table)


def mention_values(sum_: float | None, type_: EventType, trigger: Trigger) -> Values:
    """What speaks for a mention of a class: the sum of its features (None: not of the lexicon), the model's scores."""
    same = model_score(type_, trigger)
    other = max((p.score for p in trigger.proposals if p.label != type_), default=0.0)
    return {
        "mention": 1.0,
        "mention lexicon": sum_ or 0.0,
        "mention without lexicon": float(sum_ is None),
        "mention model": logit(same) if same else 0.0,
        "mention model silent": float(not same),
        "mention model says other": logit(other) if other else 0.0,
        "mention model says no other": float(not other),
        f"mention {type_}": 1.0,
    }


def model_score(type_: EventType, trigger: Trigger) -> float:
    """The model's score for a class on the words of a trigger."""
    return max((p.score for p in trigger.proposals if p.label == type_), default=0.0)


def status_totals(
    table: Table, sums: Sequence[float], statuses: Sequence[Status], model: Mapping[str, float]
) -> list[float]:
    """The sums of the statuses with the model's probabilities weighed in."""
    own, given = table.get("status features", (1.0,))[0], table.get("status model", (0.0,))[0]
    return [
        own * s + given * math.log(max(model.get(status, 0.0), _LEAST)) + table.get(f"status {status}", (0.0,))[0]
        for s, status in zip(sums, statuses, strict=True)
    ]


def main_score(trigger: Trigger) -> float:
    """How far the model takes a mention for the main one of its event: a logit, 0 where it says nothing."""
    main = [p.details["mention"].get("main", 0.5) for p in trigger.proposals if "mention" in p.details]
    return logit(max(main)) if main else 0.0


def topic_score(type_: EventType, topics: Mapping[str, Mapping[str, float]]) -> float:
    """How far the model takes a class for what a sentence is about: a logit, 0 where it hasn't read it."""
    classes = topics.get("plover")
    return logit(classes.get(type_, 0.0)) if classes else 0.0
