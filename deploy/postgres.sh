#!/usr/bin/env bash
# One PostgreSQL on loopback, for development and tests, with its data in a folder of its own; no system service.
#
#   postgres.sh start --port P --data DIR     returns when it answers: database and user are both called vitrine
#   postgres.sh stop  --data DIR
#
# It trusts whoever connects and does not wait for its disk: not for data that matters.
# PostgreSQL refuses to run as root; then the user postgres runs it. Where that user cannot get into DIR, the data lies
# in a temporary folder that DIR/elsewhere points to, and goes when it stops.
set -euo pipefail

port=5433
data=${TMPDIR:-/tmp}/vitrine-postgres-$(id -u)

die() { printf 'postgres.sh: %s\n' "$*" >&2; exit 1; }

find_bin() {
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [[ -x $folder/initdb ]]; then printf '%s' "$folder"; return; fi
  done
  folder=$(command -v initdb) || die 'PostgreSQL is not installed (Debian: apt-get install postgresql)'
  dirname "$folder"
}

as_owner() { if (($(id -u) == 0)); then (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); else "$@"; fi; }

open_to_owner() {
  chown postgres: "$data"
  if as_owner test -w "$data"; then return; fi
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/vitrine-postgres.XXXXXX")
  chown postgres: "$folder"
  ln -sfn "$folder" "$data/elsewhere"
  data=$folder
}

start() {
  local bin; bin=$(find_bin)
  if as_owner "$bin/pg_ctl" status -D "$data/db" >/dev/null 2>&1; then return; fi
  mkdir -p "$data"
  if (($(id -u) == 0)); then open_to_owner; fi
  if [[ ! -s $data/db/PG_VERSION ]]; then
    as_owner "$bin/initdb" -D "$data/db" -U vitrine -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$data/initdb.log" 2>&1 ||
      { tail -n 20 "$data/initdb.log" >&2; die 'initdb failed'; }
  fi
  as_owner "$bin/pg_ctl" start -w -s -D "$data/db" -l "$data/postgres.log" \
    -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" >&2 ||
    { tail -n 20 "$data/postgres.log" >&2; die 'PostgreSQL did not start'; }
  as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U vitrine vitrine 2>/dev/null || true  # it may be there already
  printf 'postgres.sh: PostgreSQL answers at 127.0.0.1:%s (data: %s)\n' "$port" "$data" >&2
}

stop() {
  if [[ -s $data/db/postmaster.pid ]]; then as_owner "$(find_bin)/pg_ctl" stop -s -m fast -D "$data/db" >&2; fi
  if [[ -n $elsewhere ]]; then rm -rf "$data" "$elsewhere"; fi
}

command=${1:-}; shift || true
while (($#)); do
  case $1 in
    --port) port=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    *) die "what is '$1'?" ;;
  esac
done
# What was asked for may only point to where the data is.
elsewhere=''
if [[ -L $data/elsewhere ]]; then
  elsewhere=$data/elsewhere
  data=$(readlink "$elsewhere")
fi
case $command in
  start) start ;;
  stop) stop ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
