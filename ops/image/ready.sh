#!/usr/bin/env bash
# Whether the process of this container may be given work: ready [PORT], 0 if it may. The image's health check.
# Asks the admin endpoint; with bash alone, since there is neither curl nor wget in every image.
set -euo pipefail

port=${1:-${TOOLSTREAM_ADMIN__PORT:-9464}}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 5 _ status _ <&3
[ "$status" = 200 ]
