"""The command line as its user meets it: a process of its own, on a machine that speaks no French."""

from __future__ import annotations

import csv
import gettext
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

from dashboard.cli.app import cli
from tests.broken_files import Files

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "dashboard" / "cli" / "locale" / "fr" / "LC_MESSAGES" / "messages.po"
COMMANDS = tuple(cli.commands)
HEADER = "territory_code,territory,indicator,category,period,value,printed_pct,base,status,source"
COLUMNS = HEADER.split(",")
# Words of Click's own English texts.
ENGLISH = re.compile(
    r"\b(usage|show|this|exit|try|for|error|such|no|did|you|mean|missing|got|unexpected|extra|invalid|value|does|not"
    r"|exist|requires|directory|file|commands|default|env|var|required|traceback)\b",
    re.IGNORECASE,
)


def run(*arguments: str, root: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command with the locale of a bare machine; its output is read as UTF-8."""
    base = {k: v for k, v in os.environ.items() if k not in ("DASHBOARD_ROOT", "LANGUAGE", "LC_ALL", "PYTHONUTF8")}
    base |= {} if root is None else {"DASHBOARD_ROOT": str(root)}
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=ROOT,
        env={**base, "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def call(*arguments: str) -> Result:
    """The command in this process."""
    done = CliRunner().invoke(cli, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def test_check_passes_on_the_shipped_files() -> None:
    done = run("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "retrouvés dans le document et recalculés" in done.stdout
    assert "Vérification terminée : aucun problème" in done.stdout.splitlines()[-1]
    assert done.stderr == ""


def test_check_names_what_is_wrong(files: Files) -> None:
    files.edit("data/admissions_by_sex.csv", "female,2019,61,", "female,2019,6l,")
    files.edit("data/temporary_permits.csv", "printed_pct,", "")
    done = call("check", "--root", str(files.root))
    assert done.exit_code == 1
    assert "data/admissions_by_sex.csv, ligne 5, colonne « value »" in done.stdout
    assert "data/temporary_permits.csv" in done.stdout and "la colonne « printed_pct » manque" in done.stdout
    assert "Remède :" in done.stdout
    assert re.search(r"Vérification terminée : \d+ problèmes?,", done.stdout.splitlines()[-1])


@pytest.mark.skipif(os.name == "nt", reason="Les tubes de Windows se ferment autrement.")
def test_observations_is_the_asked_csv_and_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m dashboard observations | head -n 1"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == (HEADER + "\n", "")
    whole = call("observations")
    assert (whole.exit_code, whole.stderr) == (0, "")
    table = list(csv.reader(io.StringIO(whole.stdout)))
    assert table[0] == COLUMNS
    assert len(table) > 200
    number = re.compile(r"(\d+(\.\d+)?)?")
    for row in table[1:]:
        record = dict(zip(COLUMNS, row, strict=True))
        assert re.fullmatch(r"QC|01|03|11|12|24\d\d", record["territory_code"])
        assert number.fullmatch(record["value"]) and number.fullmatch(record["printed_pct"]), record
        assert record["status"] in ("definitive", "provisional", "not_available")


def test_observations_of_broken_files(files: Files) -> None:
    """A broken region is left out; from a broken shared file nothing is written. On a bare machine, in UTF-8."""
    files.edit("data/admissions_by_year.csv", "01,admissions,total,2015,110", "01,admissions,total,2015,11O")
    done = run("observations", root=files.root)
    assert done.returncode == 1
    assert "\r" not in done.stdout and not done.stdout.startswith("\ufeff")
    assert "Gaspésie–Îles-de-la-Madeleine" in done.stdout
    codes = {row[0] for row in csv.reader(io.StringIO(done.stdout))}
    assert {"QC", "03", "11", "12", "2423"} <= codes and not {"01", "2410"} & codes
    assert "admissions_by_year.csv, ligne 8" in done.stderr
    assert "Régions laissées de côté : Bas-Saint-Laurent." in done.stderr
    files.remove("data/indicators.yaml")
    refused = call("observations", "--root", str(files.root))
    assert refused.exit_code == 1 and refused.stdout == ""
    assert "data/indicators.yaml : le fichier manque." in refused.stderr


def test_boundaries_refuses_in_french_or_rebuilds_from_its_own_file(copy_of_data: Path) -> None:
    geo = copy_of_data / "geo"
    before = {p.name: p.read_bytes() for p in geo.iterdir()}
    refused = run("boundaries", str(copy_of_data / "absent.geojson"), root=copy_of_data)
    assert refused.returncode == 1 and refused.stdout == ""
    assert refused.stderr.startswith("Erreur\u00a0: ") and "absent.geojson" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert {p.name: p.read_bytes() for p in geo.iterdir()} == before
    (geo / "regions.geojson").unlink()
    done = call("boundaries", str(geo / "territories.geojson"), "--code-field", "code", "--root", str(copy_of_data))
    assert done.exit_code == 0, done.stderr
    assert "31 MRC, 4 régions" in done.stdout
    assert {p.name: p.read_bytes() for p in geo.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ("--mrc 2410 --year 2019", (84, 0, 135, False)),
        ("--mrc 2423 --year 2019", (2222, 1877, 2288, False)),
        ("--mrc 2410 --mrc 2409 --year 2018 --year 2019", (203, 40, 316, False)),
        ("--mrc 2409 --year 2015 --year 2016 --year 2017 --year 2018 --year 2019", (16, 16, 16, True)),
        # The same option twice counts once.
        ("--mrc 2410 --mrc 2410 --year 2019 --year 2019", (84, 0, 135, False)),
    ],
)
def test_estimate_is_one_line_of_json(arguments: str, wanted: tuple[int, int, int, bool]) -> None:
    done = call("estimate", *arguments.split())
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == dict(zip(("estimate", "low", "high", "exact"), wanted, strict=True))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--mrc 2410 --mrc 2423 --year 2019", "régions différentes"),
        ("--mrc 2410 --year abc", "abc n’y est pas"),
        ("--year 2019", "--mrc"),
        ("--mrc 2410", "--year"),
    ],
)
def test_estimate_refuses_in_french(arguments: str, words: str) -> None:
    done = call("estimate", *arguments.split())
    assert done.exit_code != 0 and done.stdout == ""
    assert words in done.stderr.replace("\u00a0", " ")


ASKED = (
    ("--help",),
    *((command, "--help") for command in COMMANDS),
    (),
    ("chek",),
    ("check", "--rot"),
    ("check", "--root"),
    ("check", "--root", "nulle-part"),
    ("check", "--root", "app.py"),
    ("check", "trop", "d’arguments"),
    ("boundaries",),
)
# Click takes some of its texts when a command is declared: in a process where French is spoken from the start.
ANSWERS = """
import json, sys
from dashboard.cli import speak_french
speak_french()
from click.testing import CliRunner, Result
from dashboard.cli.app import cli
made = [CliRunner().invoke(cli, asked, prog_name="python -m dashboard") for asked in json.loads(sys.argv[1])]
print(json.dumps([(one.exit_code, one.output) for one in made]))
"""


def test_what_click_says_is_french() -> None:
    done = subprocess.run([sys.executable, "-c", ANSWERS, json.dumps(ASKED)], cwd=ROOT, capture_output=True, check=True)
    for arguments, (code, text) in zip(ASKED, json.loads(done.stdout), strict=True):
        assert code == (0 if "--help" in arguments else 2), arguments
        assert text.startswith(("Utilisation\u00a0: python -m dashboard", "Erreur\u00a0:"))
        # Options, names of files and what was typed are no words.
        words = re.sub(r"--[\w-]+|\S+\.\w+|DASHBOARD_ROOT", "", text)
        assert not ENGLISH.findall(words), text
        if arguments == ("--help",):
            assert all(re.search(rf"^  {one}\s+[A-ZÉ].*\.$", text, re.MULTILINE) for one in COMMANDS)


def test_the_catalogue_holds_every_text_of_click_and_its_compiled_form_is_up_to_date() -> None:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id and message.string]
    texts = extract_from_dir(
        str(Path(click.__file__).parent), [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    assert {message for _, _, message, _, _ in texts} <= {message.id for message in messages}
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in messages:
        if isinstance(message.id, tuple):
            found = tuple(compiled.ngettext(*message.id, count) for count in (1, 2))
            assert found == tuple(message.string)
        else:
            assert compiled.gettext(message.id) == message.string
