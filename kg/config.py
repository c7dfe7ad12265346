"""Settings: `kg.toml` becomes nested frozen dataclasses, defaults first, then file, then flag."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """How texts are read."""

    model: str = "en_core_web_sm"
    min_confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class RdfConfig:
    """How triples are written."""

    base: str = "https://example.org/"
    provenance: str = "sentence"


@dataclass(frozen=True, slots=True)
class BuildConfig:
    """How a run is carried out."""

    processes: int = 1


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run."""

    extract: ExtractConfig = field(default_factory=ExtractConfig)
    rdf: RdfConfig = field(default_factory=RdfConfig)
    build: BuildConfig = field(default_factory=BuildConfig)
