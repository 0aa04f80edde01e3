"""placeholder"""
from dataclasses import dataclass
@dataclass
class Who:
    actor: str|None=None
    anonymous: bool=False
    kind: str|None=None
class Sources:
    def __init__(self, document, index): self.index=index
    def of(self, by):
        return Who(anonymous=by.source is None)
