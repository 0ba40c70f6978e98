"""A reason: why two organisations should meet, as data. Its sentences stand in sentences.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, what it refers to, and how many of the 100 points it brings (0: a remark).

    Parameters are plain: texts, CPV codes, language codes joined by commas, ISO dates.
    """

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    points: int = 0
