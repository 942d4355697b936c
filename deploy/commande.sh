#!/bin/sh
# Une commande du tableau de bord sur ce que sert le service, avec son compte et ses réglages : commande.sh history
set -eu
ici=$(cd "$(dirname "$0")" && pwd)
reglages=$(sed -n 's/^Environment=//p' "$ici/portraits@.service")
exec runuser -u portraits -- /bin/sh -c "set -a; $reglages
  . /etc/portraits/environnement; PYTHONPATH=/opt/portraits; exec /opt/portraits/.venv/bin/python -P -m dashboard \"\$@\"" commande "$@"
