#!/bin/sh
# Redémarre les processus un à un : les personnes de l'un passent à l'autre et retrouvent leur vue par leur adresse.
# redemarrer.sh 1 2
set -e
for numero in "$@"; do
  "$(dirname "$0")/processus.sh" restart "$numero"
  sleep 5 # le temps que nginx le reprenne
done
