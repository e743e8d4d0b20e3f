"""Settings: flags, then ``MTCHECK_*`` variables, then the nearest ``mtcheck.toml`` or ``[tool.mtcheck]``, then defaults.

Unknown keys are errors everywhere, with the nearest known key named.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from mtcheck.core.checks import Check
from mtcheck.core.errors import ConfigurationError
from mtcheck.core.findings import Severity
from mtcheck.core.translation import USUAL_BEAMS

ENVIRONMENT_PREFIX = "MTCHECK_"
NESTED = "__"
FailOn = Literal["neutral", "minor", "major", "critical", "never"]
_RATE = re.compile(r"^([0-9]{1,9}(?:\.[0-9]{1,9})?)/([1-9][0-9]{0,8})w$")
_LANGUAGE_CODE = r"^[a-zA-Z]{2,3}(-[A-Za-z0-9]+)*$"


class TranslationSettings(BaseModel):
    """The table ``[translation]``: which model or program makes the round trip."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = Field(
        default=True, description="False leaves out every check that needs a translation (--no-translate)."
    )
    model: str | None = Field(
        default=None,
        description="Checkpoints: folders, hub names (owner/name@revision) or names of `models list`, by commas.",
    )
    command: dict[str, str] = Field(
        default_factory=dict,
        description="A program for each direction, by direction: en-es = 'apertium -u eng-spa'.",
    )
    runtime: Literal["auto", "transformers", "ctranslate2"] = Field(
        default="auto", description="What runs a checkpoint."
    )
    pivots: tuple[str, ...] = Field(
        default=(),
        description="Languages to send a text to and back from, in this order; none: the best by the models' cards first.",
    )
    command_mode: Literal["batch", "stream"] = Field(
        default="batch", description="stream for programs that answer each line at once; batch for all others."
    )
    device: Literal["auto", "cpu", "cuda"] = Field(default="auto", description="Where a checkpoint runs.")
    beams: int = Field(
        default=USUAL_BEAMS,
        ge=1,
        le=16,
        description="Width of the beam; 1 is greedy decoding: faster, and a poorer translation.",
    )
    timeout: float = Field(default=60.0, gt=0, description="Seconds that a program may take for one sentence or batch.")
    offline: bool = Field(default=False, description="True never asks a hub; only what was pulled before is used.")


class LanguageModelSettings(BaseModel):
    """The table ``[language_model]``: which model tells how expected each word of a text is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = Field(
        default=True, description="False leaves out every check that needs a language model (--no-language-model)."
    )
    draw: bool = Field(
        default=False,
        description="True draws the surprisal of every sentence that a model can read, also where no check reads it (--surprisal).",
    )
    model: str | None = Field(
        default=None,
        description="Checkpoints: folders, hub names (owner/name@revision) or names of `models list`, by commas.",
    )
    languages: tuple[str, ...] = Field(
        default=(), description="The languages that the model knows, where it has no card that says so."
    )
    runtime: Literal["auto", "transformers", "ctranslate2"] = Field(
        default="auto", description="What runs a checkpoint."
    )
    precision: Literal["int8", "float32"] = Field(default="int8", description="Of the weights, on CTranslate2.")
    device: Literal["auto", "cpu", "cuda"] = Field(default="auto", description="Where a checkpoint runs.")
    offline: bool = Field(default=False, description="True never asks a hub; only what was pulled before is used.")


class Settings(BaseSettings):
    """Everything a user can set. The command line's flags have the same names."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter=NESTED, extra="forbid", frozen=True
    )

    select: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Checks to run: codes, starts of codes, names."
    )
    ignore: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="Checks to leave out.")
    fail_on: FailOn = Field(default="major", description="The least severity that makes the exit code 1.")
    allow_incomplete: bool = Field(
        default=False, description="True lets a scan with checks that could not run end with 0."
    )
    language: str | None = Field(
        default=None, pattern=_LANGUAGE_CODE, description="The language the pages should be in."
    )
    source_language: str | None = Field(
        default=None, pattern=_LANGUAGE_CODE, description="The language the pages were translated from, if known."
    )
    source: Path | None = Field(default=None, description="The file that the one page of the scan was translated from.")
    language_backends: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("langdetect", "fasttext"),
        description="What names languages: langdetect, fasttext, lingua (an extra); several are weighed together.",
    )
    fasttext_model: Path | None = Field(
        default=None, description="A fastText model (.bin or .ftz) in place of the one that is installed."
    )
    input_format: (
        Literal["text", "markdown", "html", "jsonl", "warc", "parquet", "xliff", "tmx", "po", "tsv"] | None
    ) = Field(
        default=None, description="The format of standard input and of named files, in place of what they look like."
    )
    text_field: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Fields or columns of feeds that hold text, each a document; by default text, else html.",
    )
    jobs: int = Field(default=1, ge=0, le=256, description="Processes to use; 0 means one a core.")
    baseline: Path | None = Field(default=None, description="File of accepted findings; they do not count.")
    max_findings: int | None = Field(
        default=None,
        ge=0,
        description="So many findings at or above fail_on are allowed in a scan, as its totals count them.",
    )
    max_rate: str | None = Field(
        default=None, pattern=_RATE.pattern, description="So many are allowed in so many words: 2/1000w."
    )
    diff: str | None = Field(
        default=None, min_length=1, description="Report only lines changed in git since this revision."
    )
    suppressions: bool = Field(
        default=False, description="True lets comments in files leave findings out; feeds and standard input never may."
    )
    output: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="Outputs as FORMAT or FORMAT:PATH.")
    cache: Path | None = Field(default=None, description="Folder for translations and converted models.")
    reuse: bool = Field(default=False, description="True keeps results, so that unchanged files are not checked again.")
    references: Path | None = Field(
        default=None, description="Folder of references; by default references/ of the working directory."
    )
    translation: TranslationSettings = Field(default_factory=TranslationSettings)
    language_model: LanguageModelSettings = Field(default_factory=LanguageModelSettings)
    checks: dict[str, dict[str, Any]] = Field(default_factory=dict, description="Options of checks, by code.")

    @field_validator("select", "ignore", "output", "language_backends", "text_field", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Take a variable's ``QUO,LID002`` as a list."""
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("language", "source_language")
    @classmethod
    def _lower(cls, value: str | None) -> str | None:
        return value.lower() if value else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the configuration file, which is passed under ``_FILE``, behind flags and variables."""
        del dotenv_settings, file_secret_settings
        values = dict(init_settings.init_kwargs) if isinstance(init_settings, InitSettingsSource) else {}
        from_file = values.pop(_FILE, {})
        return InitSettingsSource(settings_cls, values), env_settings, InitSettingsSource(settings_cls, from_file)


_FILE = "configuration_file_values"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force and the file that took part in them, if any."""

    settings: Settings
    file: Path | None


def load_settings(
    flags: Mapping[str, object], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> LoadedSettings:
    """Load the settings for a run in ``folder`` (by default the working directory).

    ``flags`` holds what the command line set, nested for tables; ``environment`` is looked through for misspelt
    ``MTCHECK_*`` names. Raises ``ConfigurationError`` for an unreadable file, an unknown key or a value that does not fit.
    """
    file = _nearest_file(folder or Path.cwd())
    values = _file_values(file) if file else {}
    _refuse_unknown_variables(os.environ if environment is None else environment)
    for origin, given in ((f"{file}", values), ("the command line", dict(flags))):
        _refuse_unknown(given, Settings, origin)
    try:
        arguments: dict[str, Any] = {**flags, _FILE: values}
        return LoadedSettings(Settings(**arguments), file)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        origin = f" (from the command line, {ENVIRONMENT_PREFIX}* or {file})" if file else ""
        raise ConfigurationError(f"{key}: {first['msg']}{origin}") from error
    except SettingsError as error:
        raise ConfigurationError(f"a variable {ENVIRONMENT_PREFIX}* is no table in JSON: {error}") from error


def options_of(checks: tuple[Check[Any], ...], tables: Mapping[str, Mapping[str, Any]]) -> dict[str, object]:
    """Return the options objects for the tables ``[checks.CODE]``, by code.

    Raises ``ConfigurationError`` for a code that no check has, an unknown key or a value that does not fit.
    """
    by_code = {check.code: check for check in checks}
    built: dict[str, object] = {}
    for code, table in tables.items():
        if code not in by_code:
            raise ConfigurationError(f"checks.{code}: no check has this code{_did_you_mean(code, by_code)}")
        options_class = by_code[code].options
        known = [field.name for field in fields(options_class)]
        for key in table:
            if key not in known:
                raise ConfigurationError(f"checks.{code}.{key}: unknown key{_did_you_mean(key, known)}")
        try:
            built[code] = TypeAdapter(options_class).validate_python(dict(table))
        except (ValidationError, ValueError) as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            raise ConfigurationError(f"checks.{code}: {reason}") from error
    return built


def _nearest_file(folder: Path) -> Path | None:
    """Return the first ``mtcheck.toml``, or ``pyproject.toml`` with ``[tool.mtcheck]``, from ``folder`` upwards."""
    for parent in (folder.resolve(), *folder.resolve().parents):
        own, project = parent / "mtcheck.toml", parent / "pyproject.toml"
        if own.is_file():
            return own
        if project.is_file() and "mtcheck" in _read_toml(project).get("tool", {}):
            return project
    return None


def _file_values(file: Path) -> dict[str, Any]:
    values = _read_toml(file)
    return dict(values["tool"]["mtcheck"]) if file.name == "pyproject.toml" else values


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}") from error


def _refuse_unknown(values: Mapping[str, Any], model: type[BaseModel], origin: str) -> None:
    for key, value in values.items():
        if key not in model.model_fields:
            raise ConfigurationError(f"{origin}: unknown key {key!r}{_did_you_mean(key, model.model_fields)}")
        for nested in _models_in(model.model_fields[key].annotation):
            if isinstance(value, Mapping):
                _refuse_unknown(value, nested, f"{origin}: [{key}]")


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            yield candidate


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = [ENVIRONMENT_PREFIX + name.upper() for name in Settings.model_fields]
    for name in environment:
        if name.startswith(ENVIRONMENT_PREFIX) and name.split(NESTED)[0].upper() not in known:
            raise ConfigurationError(f"unknown variable {name}{_did_you_mean(name, known)}")


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


@dataclass(frozen=True, slots=True)
class MaxRate:
    """``max_rate`` taken apart: so many findings in so many words."""

    findings: float
    words: int


def max_rate_of(settings: Settings) -> MaxRate | None:
    """Return the rate that the settings allow, or ``None`` without one."""
    match = _RATE.fullmatch(settings.max_rate or "")
    return MaxRate(float(match[1]), int(match[2])) if match else None


def severity_of(fail_on: FailOn) -> Severity | None:
    """Return the severity that ``fail_on`` names, or ``None`` for ``never``."""
    return None if fail_on == "never" else Severity(fail_on)
