"""What each YAML document is. Same engine as the CSV rows."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from dashboard.model.rows import Level, Text

Code = Annotated[str, Field(min_length=1, max_length=40)]
# The code names a file (data/regions/CODE.yaml): nothing else than digits and capitals.
RegionCode = Annotated[str, Field(pattern=r"^[0-9A-Z]{2,12}$")]
Figure = Annotated[float, Field(ge=-1e12, le=1e12)]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
HOST = r"^(https?://)?[A-Za-z0-9*][A-Za-z0-9.*-]*(:[0-9]{1,5})?$"
Measure = Literal["nombre", "part", "taux"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


class Document(BaseModel):
    # Strict types: YAML already gives numbers as numbers, and "01" must stay a string.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Named(Document):
    id: Code
    label: Text


class RegionDisplay(Document):
    code: RegionCode
    slug: Slug
    color: Colour


Role = Literal["reader", "contributor", "publisher"]


class Config(Document):
    """config.yaml: display choices only."""

    title: Text
    subtitle: Text
    direction: Code
    province: Code
    regions: Annotated[list[RegionDisplay], Field(min_length=1)]
    default_measure: Measure
    unreliable_below: Annotated[int, Field(ge=0)]
    map_classes: dict[Measure, Annotated[list[float], Field(min_length=1, max_length=8)]]
    map_colors: Annotated[list[Colour], Field(min_length=2)]
    display_names: dict[str, Text]
    disclaimer: Text
    # Hosts whose pages may show one of our charts in a frame; none by default.
    embed_hosts: list[Annotated[str, Field(pattern=HOST)]] = []
    # A PowerPoint file of ours beside config.yaml, whose look the slides take; None: the plain one.
    presentation_template: Annotated[str, Field(pattern=r"^[^/\\].*\.pptx$")] | None = None
    # Pages are shown only to whoever signs in (docs/securite.md).
    sign_in: bool = False
    # Who may do what once signed in: addresses and groups of the identity provider. Whoever is not named reads.
    roles: dict[Role, list[Text]] = {}
    # To whom a reader tells that something stops them, the service itself included; None: whoever gave the address.
    accessibility_contact: Text | None = None


class Category(Named):
    """`printed`: what the source calls it, besides the label; `said`: what its persons do or are, after a percentage;
    `base`: of its rows, instead of the indicator's."""

    short: Text | None = None
    said: Text | None = None
    parts: list[Code] = []
    printed: list[Text] = []
    base: Code | None = None

    @property
    def named(self) -> str:
        """What a table calls it."""
        return self.short or self.label


class Indicator(Named):
    """`heading`: what stands above its rows in a table of the source, `{period}` for the period that it is about."""

    short: Text
    unit: Text
    kind: Literal["flow", "stock"]
    file: Annotated[str, Field(pattern=r"^[a-z0-9_]+\.csv$")]
    levels: Annotated[list[Level], Field(min_length=1)]
    categories: Annotated[list[Category], Field(min_length=1)]
    definition: Text
    base: Code
    heading: Text | None = None
    rounded_to: Annotated[int, Field(ge=2)] | None = None
    equals: Code | None = None
    only_total_for: list[Level] = []
    sum_of_children: list[Level] = []
    notes: list[str] = []


class DerivedIndicator(Named):
    unit: Text
    formula: Text


class Denominator(Document):
    """Where the denominator of a printed percentage stands, relative to the row that bears it."""

    indicator: Code | None = None
    territory: Code | None = None
    category: Code | None = None
    period: Code | None = None


class Base(Named):
    denominator: Denominator | None = None


class Dictionary(Document):
    indicators: Annotated[list[Indicator], Field(min_length=1)]
    derived: list[DerivedIndicator]
    bases: list[Base]


class Mended(Document):
    """A spot where the text kept of a document is not what was printed, and why."""

    kept: Text
    printed: Text
    why: Text


class Provisional(Document):
    """A year whose figures a document calls provisional, and the words that say so."""

    year: Annotated[str, Field(pattern=r"^[1-9]\d{3}$")]
    quote: Text | None = None


class SourceDocument(Document):
    """`text`: its whole text in data/source/, known by its fingerprint. `provisional`: held on each of its rows."""

    id: Code
    title: Text
    short: Text
    author: Text
    year: Text
    licence: Text
    credit: Text
    isbn: Text | None = None
    text: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.(txt|csv)$")] | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    mended: list[Mended] = []
    provisional: list[Provisional] | None = None


# The ways to compute a figure from others, as `Quantity.derived` names them.
Computed = Literal[
    "category_share",
    "change_pct",
    "gap",
    "immigrant_share",
    "index_100",
    "permits_per_admission",
    "rate_per_1000",
    "share_of_direction",
    "share_of_quebec",
    "share_of_region",
]


class Section(Document):
    """`lines`: the first and the last in the text of its document. `region`: the only one that it is about."""

    id: Code
    document: Code
    label: Text
    lines: Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=2, max_length=2)] | None = None
    form: Literal["prose", "table", "map", "rows", "plan", "targets"] = "prose"
    region: Code | None = None
    rounded_to: Annotated[int, Field(ge=2)] | None = None


class OfficialList(Document):
    """Codes and names of the territories as their authorities give them, in data/source/."""

    text: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.csv$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    origin: Text


class Sources(Document):
    official_list: OfficialList
    documents: Annotated[list[SourceDocument], Field(min_length=1)]
    sections: Annotated[list[Section], Field(min_length=1)]


class Confirmation(Document):
    """The other place of the data that gives the same figure."""

    rule: Literal["equals", "sum", "percent", "ratio", "product"]
    of: Annotated[list[Text], Field(min_length=1)]
    factor: Figure = 1.0


class ProseFigure(Document):
    """A figure printed in a paragraph, with the words that hold it."""

    id: Code
    territory: Code
    label: Text
    period: Text
    value: Figure
    unit: Text
    base: Code
    quote: Text
    confirmed_by: Confirmation | None = None
    anomalies: list[Code] = []


class Portrait(Document):
    region_code: Code
    source: Code
    portrait: Annotated[list[Text], Field(min_length=1)]
    figures: list[ProseFigure]


class TextBlock(Document):
    id: Code | None = None
    title: Text
    source: Code
    paragraphs: Annotated[list[Text], Field(min_length=1)]


class Definition(Document):
    id: Code
    term: Text
    text: Text
    source: Code


class Scope(Document):
    """The figures of these indicators, categories, territories and periods; None stands for any of them.

    derived: only the figures computed so; an empty list: only those that are printed, and their sums.
    """

    indicators: Annotated[list[Code], Field(min_length=1)]
    categories: list[Code] | None = None
    territories: list[Code] | None = None
    periods: list[Text] | None = None
    derived: list[Computed] | None = None


class Note(Document):
    id: Code
    text: Text
    touches: list[Scope]


class Texts(Document):
    network: TextBlock
    service_offer: list[TextBlock]
    partnership: TextBlock
    figures: list[ProseFigure]
    definitions: list[Definition]
    notes: list[Note]


class TargetValue(Document):
    """What the source prints for one year; `value` is absent when it prints words."""

    printed: Text
    value: Figure | None = None
    period: Text | None = None
    unit: Text | None = None


class TargetBreak(Document):
    after: Text
    text: Text


class Target(Document):
    id: Code
    orientation: Text
    objective: Text
    indicator: Text
    short: Text
    unit: Text
    quote: Text
    reference: TargetValue
    targets: Annotated[list[TargetValue], Field(min_length=1)]
    breaks: list[TargetBreak] = []
    anomalies: list[Code] = []


class Targets(Document):
    source: Code
    scope: Text
    note: Text
    footnote: Text
    targets: Annotated[list[Target], Field(min_length=1)]


class Anomaly(Document):
    """kind: « reading » changes how the figures that it touches are read, and stands beside them alone; « remark » is
    about the document, and stands with the sources alone."""

    id: Code
    title: Text
    kind: Literal["reading", "remark"]
    touches: list[Scope] = []
    figures: list[Code] = []
    source_says: Text
    we_show: Text
    why: Text


class Anomalies(Document):
    anomalies: list[Anomaly]
