"""Names that would do something if a page took them for more than text, put everywhere the data name something."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.broken_files import Files

# One does HTML, the other what Streamlit reads in labels: Markdown, formulas, colours, signs.
MARKUP = '<script>window.pirate=1</script><img src=x onerror="window.pirate=1"></style></title>'
MARKDOWN = "[lien](javascript:window.pirate=1) ![i](https://ailleurs.exemple.net/i.png) $\\frac{1}{2}$ :red[x] **g**"


def poison(root: Path) -> None:
    """Change the names of a copy of the data: a region, an MRC, the short name of a source, the title, the plan."""
    files = Files(root)
    quoted = MARKUP.replace('"', '""')
    files.edit("data/territories.csv", "2412,mrc,01,Rivière-du-Loup,", f'2412,mrc,01,"{quoted}",')
    files.edit("data/territories.csv", "01,region,DRCNEQ,Bas-Saint-Laurent,", f"01,region,DRCNEQ,{MARKDOWN},")
    config = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    config["subtitle"] = MARKUP
    config["disclaimer"] = f"{MARKUP} {MARKDOWN}"
    config["display_names"]["2410"] = MARKDOWN
    files.put("config.yaml", yaml.safe_dump(config, allow_unicode=True))
    sources = yaml.safe_load((root / "data" / "sources.yaml").read_text(encoding="utf-8"))
    for document in sources["documents"]:
        document["short"] = f"{MARKUP} {MARKDOWN}"
    for section in sources["sections"]:
        section["label"] = f"{section['label']} {MARKDOWN}"
    files.put("data/sources.yaml", yaml.safe_dump(sources, allow_unicode=True))
    targets = yaml.safe_load((root / "data" / "targets.yaml").read_text(encoding="utf-8"))
    for target in targets["targets"]:
        target["short"] = f"{target['short']} {MARKDOWN}"
    files.put("data/targets.yaml", yaml.safe_dump(targets, allow_unicode=True))
