#!/usr/bin/env bash
# PostgreSQL, Redis and OpenSearch together, on free loopback ports, for development and tests.
#
#   eval "$(deploy/services.sh start)"     starts what does not run yet, and says where as VITRINE_TEST_..._URL
#   eval "$(deploy/services.sh env)"       says it again
#   deploy/services.sh stop                ends all three; their data stays in VITRINE_SERVICES_DIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$(realpath -m "${VITRINE_SERVICES_DIR:-${TMPDIR:-/tmp}/vitrine-services-$(id -u)}")

die() { printf 'services.sh: %s\n' "$*" >&2; exit 1; }

# Four ports that nobody listens on: OpenSearch takes its own and the one 100 above.
choose_ports() {
  "${PYTHON:-python3}" - <<'END'
import socket


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


free = (port for port in range(19200, 20000, 3) if is_free(port) and is_free(port + 100))
print(f"postgres={next(free)} redis={next(free)} opensearch={next(free)}")
END
}

start() {
  mkdir -p "$dir"
  [[ -O $dir ]] || die "$dir belongs to somebody else: set VITRINE_SERVICES_DIR"
  [[ -s $dir/ports ]] || choose_ports >"$dir/ports"
  local postgres='' redis='' opensearch=''
  # shellcheck source=/dev/null
  source "$dir/ports"
  "$here/postgres.sh" start --port "$postgres" --data "$dir/postgres"
  "$here/redis.sh" start --port "$redis" --data "$dir/redis"
  "$here/opensearch/opensearch.sh" start --port "$opensearch" --data "$dir/opensearch"
  cat >"$dir/env" <<END
export VITRINE_TEST_DATABASE_URL=postgres://vitrine@127.0.0.1:$postgres/vitrine
export VITRINE_TEST_REDIS_URL=redis://127.0.0.1:$redis/0
export VITRINE_TEST_OPENSEARCH_URL=http://127.0.0.1:$opensearch
END
  cat "$dir/env"
}

stop() {
  "$here/opensearch/opensearch.sh" stop --data "$dir/opensearch"
  "$here/redis.sh" stop --data "$dir/redis"
  "$here/postgres.sh" stop --data "$dir/postgres"
  rm -f "$dir/env" "$dir/ports"
}

case ${1:-} in
  start) start ;;
  env) if [[ -s $dir/env ]]; then cat "$dir/env"; else die 'nothing runs: deploy/services.sh start'; fi ;;
  stop) stop ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
