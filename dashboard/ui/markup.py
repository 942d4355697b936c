"""HTML of the parts that Streamlit has no element for. Every text from the data passes through `esc`."""

from __future__ import annotations

import html as _html
import re
from collections.abc import Iterable, Sequence

from dashboard.deck.charts import Legend
from dashboard.deck.content import CREDIT_SITE
from dashboard.figures.maps import LARGEST
from dashboard.figures.style import TEXT_SIZE
from dashboard.indicators.anomalies import notes_on
from dashboard.indicators.tables import Column, Table
from dashboard.model import Dataset, Problem
from dashboard.model.documents import Anomaly
from dashboard.narrative.key_figures import KeyFigure
from dashboard.narrative.show import apart, bare
from dashboard.narrative.sourcing import source_of as source_of
from dashboard.narrative.sourcing import source_text as source_text
from dashboard.wording.numbers import NBSP, number, plain, typographic

# Lines of a list of problems or changes; the command line gives them all.
MOST = 200


def esc(text: object) -> str:
    """Text made harmless for HTML; the only way in for anything that comes from a file or an address."""
    return _html.escape(str(text), quote=True)


def typeset(text: str) -> str:
    """The same, of a text of the data, with its no-break spaces."""
    return esc(typographic(text))


# « :word[ » colours, « :name: » draws a sign; a colon that ends a word is only a colon.
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#$~|!]|:(?=\w)")


def literal(text: str) -> str:
    """Text made harmless for a label of Streamlit, which reads Markdown, formulas and its own directives in it."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def word(text: str) -> str:
    """A word in a badge; nothing for an empty one."""
    return f' <span class="badge">{esc(text)}</span>' if text else ""


def _mark(item: KeyFigure) -> str:
    """« (p) » for a provisional figure, the word in a badge for another that is not final."""
    if item.quantity.status == "provisional":
        return f'{NBSP}<abbr title="donnée provisoire">(p)</abbr>'
    return word(item.status)


def cards(items: Sequence[KeyFigure]) -> str:
    """Key figures side by side, those that are not final marked. A narrow screen has room for what a context says
    first."""
    inner = ""
    for item in items:
        rest = f'<dd class="cle-contexte">{_context(item.context)}</dd>' if item.context else ""
        label = f'<dt class="cle-etiquette">{esc(item.label)}{_mark(item)}</dt>'
        inner += f'<div class="cle">{label}<dd class="cle-valeur">{esc(item.value)}</dd>{rest}</div>'
    # Heard as what they are: a list of names and what is said of each.
    return f'<dl class="cle-grille">{inner}</dl>'


def _context(text: str) -> str:
    first, mark, rest = text.partition("; ")
    return f"{esc(first)}<span>{mark}{esc(rest)}</span>" if rest else esc(first)


def _id(anchor: str | None) -> str:
    return f' id="{esc(anchor)}"' if anchor else ""


def box(text: str, rest: str = "", *, role: str = "", fault: bool = False) -> str:
    """What a reader is told of the page, then what it is about. text, rest: our HTML; role: how it is heard when it
    comes (« status », « alert »); fault: something is wrong."""
    heard = f' role="{role}"' if role else ""
    return f'<div class="{"avis-erreur" if fault else "avis"}"{heard}><p>{text}</p>{rest}</div>'


def notices(texts: Iterable[str]) -> str:
    """The same, one box for each text."""
    return "".join(box(esc(text), role="status") for text in texts)


def heading(level: int, text: str, subtitle: str = "", *, anchor: str | None = None) -> str:
    below = f'<p class="sous-titre">{esc(subtitle)}</p>' if subtitle else ""
    return f"<h{level}{_id(anchor)}>{esc(text)}</h{level}>{below}"


def _cell(table: Table, row: str, column: Column, loose: str = "") -> str:
    quantity = table.cell(row, column.id)
    if quantity is None:
        return '<td class="num"><span class="vide" aria-label="sans objet">–</span></td>'
    text, read = bare(quantity, column.decimals), quantity.at(column.decimals)
    mark = "" if quantity.reliable else '<abbr class="repere" title="peu fiable">†</abbr>'
    # What is read is what the table sorts by.
    value = f' data-v="{plain(read)}"' if read is not None else ""
    few = apart(table, quantity)
    return f'<td class="num"{value}>{esc(text)}{loose}{mark}{f" <br><small>{esc(few)}</small>" if few else ""}</td>'


def table(content: Table, *, chosen: str | None = None, caption: bool = True) -> str:
    """The table of a chart: units in the heads, French numbers, totals in bold, the selection marked."""
    if chosen is not None:
        # Not kept: there would be one for each territory that someone ever chose.
        return _table(content, chosen, caption)
    return content.once(("table", caption), lambda: _table(content, None, caption))


def _table(content: Table, chosen: str | None, caption: bool) -> str:
    loose = content.loose()
    heads = (_head(c.label + loose(None, c.id)) for c in content.columns)
    head = "".join(f'<th scope="col" class="num">{text}</th>' for text in heads)
    body = ""
    for row in content.rows:
        kind = " ".join(name for name, on in (("total", row.total), ("choisi", row.id == chosen)) if on)
        body += (
            f'<tr{f" class={kind!r}" if kind else ""}><th scope="row">{esc(row.label + loose(row.id, None))}</th>'
            + "".join(_cell(content, row.id, c, loose(row.id, c.id)) for c in content.columns)
            + "</tr>"
        )
    unreliable = any(not q.reliable for q in content.quantities())
    foot = '<p class="source">† Trop peu d’admissions&nbsp;: taux peu fiable.</p>' if unreliable else ""
    top = f'<th scope="col">{esc(content.stub)}</th>{head}'
    return framed(content.title, "donnees triable", top, body, caption=caption) + foot


def _head(text: str) -> str:
    """The head of a column, that may be cut before its mark: a telephone has little room for it."""
    return esc(text.replace(f"{NBSP}(p)", " (p)"))


def framed(title: str, kind: str, head: str, body: str, *, caption: bool = True) -> str:
    """A table in a box that scrolls, which the keyboard can reach."""
    told = f"<caption>{esc(title)}</caption>" if caption else ""
    return (
        f'<div class="tableau" tabindex="0" role="group" aria-label="{esc(title)}"><table class="{kind}">{told}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def plain_table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: frozenset[int] = frozenset(),
    totals: frozenset[int] = frozenset(),
    anchors: Sequence[str] = (),
) -> str:
    """A table of texts; columns whose rank is in `numeric` are right-aligned, rows whose rank is in `totals` bold.

    anchors: the id of each row, where rows can be led to.
    """
    cells = [
        f"<tr{' class=total' if rank in totals else ''}{_id(anchors[rank]) if anchors else ''}>"
        + "".join(
            f'<th scope="row">{esc(cell)}</th>'
            if n == 0
            else f"<td{' class=num' if n in numeric else ''}>{esc(cell)}</td>"
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for rank, row in enumerate(rows)
    ]
    heads = enumerate(map(_head, head))
    top = "".join(f'<th scope="col"{" class=num" if n in numeric else ""}>{text}</th>' for n, text in heads)
    return framed(caption, "donnees", top, "".join(cells))


def legend(shown: Legend) -> str:
    """The key of a drawing: each colour or sign with its words, and how many territories it holds."""
    title = f'<p class="legende-titre">{esc(shown.title)}</p>' if shown.title else ""
    items, kind = "", "legende-formes" if any(item.sign for item in shown.items) else "legende-carte"
    for item in shown.items:
        patch = "hachure" if item.hatched else "pastille rond" if item.across else "pastille"
        count = "" if item.count is None else f' <span class="compte">({number(item.count)})</span>'
        # In « em » : on the wall, the circles of the map and of its key grow together.
        side = f";width:{item.across * LARGEST / TEXT_SIZE:.3f}em" if item.across else ""
        drawn = f'<span class="{patch}" style="background-color:{item.color}{side}"></span>'
        if item.sign:
            drawn = f'<span aria-hidden="true">{esc(item.sign)}</span> '
        items += f"<li>{drawn}<span>{esc(item.label)}{count}</span></li>"
    return f'{title}<ul class="{kind}">{items}</ul>'


def details(summary: str, inner: str, *, open_: bool = False, anchor: str | None = None) -> str:
    """A part that opens on demand, by mouse or keyboard, without a round trip."""
    state = " open" if open_ else ""
    return f'<details class="repli"{_id(anchor)}{state}><summary>{esc(summary)}</summary>{inner}</details>'


def reading(text: str) -> str:
    return f'<p class="lecture">{esc(text)}</p>' if text else ""


def listed(items: Iterable[str], kind: str = "") -> str:
    """HTML items as a list; nothing for none."""
    inner = "".join(f"<li>{item}</li>" for item in items)
    opened = f'<ul class="{kind}">' if kind else "<ul>"
    return f"{opened}{inner}</ul>" if inner else ""


def points(texts: Iterable[str], kind: str = "") -> str:
    """Texts as a list."""
    return listed(map(esc, texts), kind)


def source_line(told: str, *extra: str, credit: str = "") -> str:
    """The source line under a chart: what `source_of` or `source_text` says, what else must be known, and the credit of
    a map, with its link."""
    link = f'<a href="https://{CREDIT_SITE}/" target="_blank" rel="noopener">{CREDIT_SITE}</a>'
    credited = f" {esc(credit).replace(CREDIT_SITE, link)}" if credit else ""
    return f'<p class="source">{esc(" ".join([told, *extra]))}{credited}</p>'


def notes(ds: Dataset, content: Table) -> str:
    """Notes of the source on the figures of a table, as the source numbers them."""
    found = notes_on(ds, content.quantities())
    return listed((f"Note {esc(note.id)}&nbsp;: {typeset(note.text)}" for note in found), "notes")


def anomaly(told: Anomaly) -> str:
    """What the source says otherwise than expected, what is shown and why; its title stands above."""
    return (
        f"La source&nbsp;: {typeset(told.source_says)}<br>Ici&nbsp;: {typeset(told.we_show)}<br>"
        f"Pourquoi&nbsp;: {typeset(told.why)}"
    )


def anomaly_list(ds: Dataset, ids: Sequence[str]) -> str:
    """What the source says otherwise than expected; nothing for none."""
    found = (ds.anomalies[id_] for id_ in ids)
    return listed((f"<strong>{typeset(own.title)}</strong><br>{anomaly(own)}" for own in found), "anomalies")


def peculiarities(ds: Dataset, ids: Sequence[str]) -> str:
    """The same, folded under how many they are."""
    return details(f"Particularités de la source ({len(ids)})", anomaly_list(ds, ids))


def quotation(ds: Dataset, paragraphs: Iterable[str], section: str) -> str:
    """Paragraphs of a section of a document, as printed, and where they come from."""
    inner = "".join(f"<p>{typeset(paragraph)}</p>" for paragraph in paragraphs)
    where = f"Source\u00a0: {ds.section_name(section)}, texte tel qu’imprimé."
    return f'<blockquote class="portrait">{inner}</blockquote>{source_line(where)}'


def others(left: int) -> str:
    """« Et 3 autres. » under a list that was cut short; nothing when it was not."""
    return f"<p>Et {number(left)} autre{'s' * (left > 1)}.</p>" if left > 0 else ""


def refused(problems: Sequence[Problem], what: str) -> str:
    """A file from which nothing is loaded, and why. what: how the sentence names it, as HTML."""
    count = f"{number(len(problems))} problème{'s' * (len(problems) > 1)}"
    listed = f"{problem_list(problems[:MOST])}{others(len(problems) - MOST)}"
    return box(f"<strong>Rien n’est chargé.</strong> {count} dans {what}&nbsp;:", listed, role="alert", fault=True)


def problem_list(problems: Iterable[Problem]) -> str:
    items = []
    for problem in problems:
        said, lines = typeset(problem.message), ", ".join(map(str, problem.other_lines))
        items.append(
            f"<strong>{typeset(problem.place())}</strong><br>{said[:1].upper()}{said[1:]}"
            + (f" Autres lignes en cause&nbsp;: {lines}." if lines else "")
            + f"<br>Remède&nbsp;: {typeset(problem.remedy)}"
        )
    return listed(items, "problemes")
