#!/bin/sh
# Met le tableau de bord en service sur une machine Debian : installer.sh ADRESSE (celle que l'on tape, sans https://).
# Se relance sans dommage : met le code à jour, garde les réglages et ce qui est publié, redémarre. docs/deploiement.md le cite et l'explique.
set -eu
adresse=${1:?"Usage : installer.sh ADRESSE"}
source=$(cd "$(dirname "$0")/.." && pwd)
ici=/opt/portraits
publie=/var/lib/portraits
[ "$(id -u)" = 0 ] || { echo "À lancer par root : sudo deploy/installer.sh $adresse" >&2; exit 1; }

# --- Paquets
if ! command -v nginx >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light python3-venv
fi

# --- Personne, code et bibliothèques
id portraits >/dev/null 2>&1 || useradd --system --home-dir $ici --shell /usr/sbin/nologin portraits
install -d -m 755 $ici $ici/.streamlit
if [ "$source" != $ici ]; then
  for partie in app.py requirements.txt .streamlit/config.toml dashboard pages deploy; do
    rm -rf "${ici:?}/$partie" && cp -R "$source/$partie" "$ici/$partie"
  done
fi
[ -e $ici/.venv ] || python3 -m venv $ici/.venv
$ici/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $ici/requirements.txt

# --- Chiffres : copiés une fois, puis au service, qui y publie; jamais remplacés (config.yaml, en dernier, dit que c'est fait)
install -d -m 750 -o portraits -g portraits $publie
if [ ! -e $publie/config.yaml ]; then
  origine=$ici # une installation d'avant garde ce qu'elle servait
  [ -e $origine/config.yaml ] || origine=$source
  for partie in data geo historique; do
    [ ! -e "$origine/$partie" ] || cp -R "$origine/$partie" $publie/
  done
  chown -R portraits:portraits $publie
  install -m 644 -o portraits -g portraits "$origine/config.yaml" $publie/
fi

# --- Réglages : gardés d'une fois à l'autre
install -d -m 750 -g portraits /etc/portraits
if [ ! -s /etc/portraits/environnement ]; then
  install -m 640 -g portraits /dev/null /etc/portraits/environnement
  cat >/etc/portraits/environnement <<REGLAGES
STREAMLIT_SERVER_COOKIE_SECRET=$(python3 -c 'import secrets; print(secrets.token_hex(32))')
STREAMLIT_BROWSER_SERVER_ADDRESS=$adresse
REGLAGES
fi

# --- Deux processus
if [ -d /run/systemd/system ]; then
  cp $ici/deploy/portraits@.service /etc/systemd/system/
  systemctl daemon-reload
  systemctl --quiet enable portraits@1 portraits@2
fi
$ici/deploy/processus.sh restart 1 2

# --- nginx : le dossier des fichiers gardés, notre configuration à la place du site d'accueil de Debian
install -d -o www-data -g www-data /var/cache/nginx
limite=$(sed -n 's/^maxUploadSize = //p' $ici/.streamlit/config.toml)
sed "s/client_max_body_size .*;/client_max_body_size $((limite + 1))m;/" $ici/deploy/nginx.conf >/etc/nginx/conf.d/portraits.conf
rm -f /etc/nginx/sites-enabled/default
nginx -q -t
if [ -d /run/systemd/system ]; then systemctl reload-or-restart nginx; else nginx -s reload 2>/dev/null || nginx; fi

# --- Santé
$ici/deploy/attendre.sh 80 /sante
echo "En service : http://$(sed -n 's/^STREAMLIT_BROWSER_SERVER_ADDRESS=//p' /etc/portraits/environnement)/"
