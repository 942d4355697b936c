#!/bin/sh
# Attend qu'un processus réponde : attendre.sh PORT. Code de sortie 1 après une minute.
port=$1
for essai in $(seq 120); do
  "$(dirname "$0")/../.venv/bin/python" -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/_stcore/health', timeout=2)" \
    2>/dev/null && exit 0
  sleep 0.5
done
echo "Le processus du port $port ne répond pas." >&2
exit 1
