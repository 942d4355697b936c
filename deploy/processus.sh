#!/bin/sh
# processus.sh start|stop|restart NUMERO… : par systemd; là où il n'y en a pas (un conteneur), d'après la même unité.
set -eu
ici=$(dirname "$0")
action=$1
shift
seul() { # lance ou arrête un processus comme l'unité le ferait
  tache=/run/portraits-$2.pid
  if [ "$1" != start ]; then
    start-stop-daemon --stop --quiet --oknodo --retry TERM/15/KILL/5 --pidfile "$tache" --remove-pidfile
  fi
  if [ "$1" != stop ]; then
    commande=$(sed -n 's/^ExecStart=//p' "$ici/portraits@.service" | sed "s/%i/$2/g")
    reglages=$(sed -n 's/^Environment=//p' "$ici/portraits@.service")
    start-stop-daemon --start --quiet --background --make-pidfile --pidfile "$tache" \
      --chuid portraits:portraits --chdir /opt/portraits --startas /bin/sh -- \
      -c "set -a; $reglages
        . /etc/portraits/environnement; exec $commande"
    "$ici/attendre.sh" "850$2"
  fi
}
for numero in "$@"; do
  if [ -d /run/systemd/system ]; then
    systemctl "$action" "portraits@$numero" # ne rend la main que lorsque le processus répond (ExecStartPost)
  else
    seul "$action" "$numero"
  fi
done
