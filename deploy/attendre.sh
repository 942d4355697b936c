#!/bin/sh
# Attend qu'une adresse de cette machine réponde : attendre.sh PORT [CHEMIN]. Code de sortie 1 après une minute.
adresse="http://127.0.0.1:$1${2:-/_stcore/health}"
for essai in $(seq 120); do
  "$(dirname "$0")/../.venv/bin/python" -c "import urllib.request as r; r.urlopen('$adresse', timeout=2)" 2>/dev/null && exit 0
  sleep 0.5
done
echo "Rien ne répond : $adresse" >&2
exit 1
