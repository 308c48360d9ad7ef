#!/usr/bin/env bash
# One Redis on loopback, for development and tests; no system service, nothing is written to disk.
#
#   redis.sh start --port P --data DIR     returns when it answers
#   redis.sh stop  --data DIR
set -euo pipefail

port=6380
data=${TMPDIR:-/tmp}/vitrine-redis-$(id -u)

die() { printf 'redis.sh: %s\n' "$*" >&2; exit 1; }

# The process id, when it runs and is ours: the number alone may have been given to another process since.
redis_pid() {
  local pid
  [[ -s $data/pid ]] || return 1
  pid=$(<"$data/pid")
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q '^redis-server ' || return 1
  printf '%s' "$pid"
}

start() {
  if redis_pid >/dev/null; then return; fi
  command -v redis-server >/dev/null || die 'Redis is not installed (Debian: apt-get install redis-server)'
  mkdir -p "$data"
  redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$data" \
    --daemonize yes --pidfile "$data/pid" --logfile "$data/redis.log" >/dev/null
  local tries=0
  until redis-cli -p "$port" ping >/dev/null 2>&1; do
    ((++tries < 100)) || { tail -n 20 "$data/redis.log" >&2; die "no answer at port $port"; }
    sleep 0.1
  done
  printf 'redis.sh: Redis answers at 127.0.0.1:%s\n' "$port" >&2
}

stop() {
  local pid
  if pid=$(redis_pid); then
    kill -TERM "$pid"
    while redis_pid >/dev/null; do sleep 0.1; done
  fi
  rm -f "$data/pid"
}

command=${1:-}; shift || true
while (($#)); do
  case $1 in
    --port) port=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    *) die "what is '$1'?" ;;
  esac
done
case $command in
  start) start ;;
  stop) stop ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
