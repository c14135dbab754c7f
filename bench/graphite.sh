#!/usr/bin/env bash
# Kalmar's Graphite beside Debian's graphite-web over the same folder of Whisper files: CPU milliseconds (user + system) of the server's processes
# for each request (one connection), and requests a second with four connections; caches off on both sides, sizes of the answers told.
#   bench/graphite.sh [ROW...]        rows: all of them unless named (see below)
#   SECONDS_EACH=6                    how long four connections ask each side for each row
# Needs: apt-get install graphite-web gunicorn python3-whisper curl wrk; dotnet build src/Kalmar.Cli -c Release
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kalmar=$here/artifacts/bin/Kalmar.Cli/release/kalmar
[ -x "$kalmar" ] || { echo "graphite.sh: build first: dotnet build src/Kalmar.Cli -c Release" >&2; exit 69; }
work=$(mktemp -d); web=$((21000 + RANDOM % 9000)); ours=$((web + 1)); pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; wait "$p" 2>/dev/null || true; done; rm -rf "$work"' EXIT
mkdir -p "$work/conf" "$work/storage/whisper" "$work/log"

# 1,000 series of 24 hours at 60 s: ten groups of a hundred.
/usr/bin/python3 - "$work/storage/whisper" <<'P'
import math, os, random, sys, time, whisper
random.seed(7)
now = int(time.time()) // 60 * 60
for g in range(10):
    folder = os.path.join(sys.argv[1], 'bench', 'g%d' % g)
    os.makedirs(folder)
    for s in range(100):
        path = os.path.join(folder, 's%03d.wsp' % (g * 100 + s))
        whisper.create(path, [(60, 1450)])
        whisper.update_many(path, [(now - 60 * i, round(50 + 30 * math.sin(i / 90.0 + s) + random.random() * 9, 3)) for i in range(1445)])
P

cat > "$work/conf/bench_settings.py" <<S
SECRET_KEY = 'bench-on-loopback'
ALLOWED_HOSTS = ['127.0.0.1']
TIME_ZONE = 'UTC'
GRAPHITE_ROOT = '/usr/share/graphite-web'
CONF_DIR = '$work/conf'
STORAGE_DIR = '$work/storage'
STATIC_ROOT = '/usr/share/graphite-web/static'
LOG_DIR = '$work/log'
LOG_ROTATION = False
INDEX_FILE = '$work/storage/index'
WHISPER_DIR = '$work/storage/whisper'
STANDARD_DIRS = ['$work/storage/whisper']
DATABASES = {'default': {'NAME': '$work/storage/graphite.db', 'ENGINE': 'django.db.backends.sqlite3', 'USER': '', 'PASSWORD': '', 'HOST': '', 'PORT': ''}}
CARBONLINK_HOSTS = []
DEFAULT_CACHE_DURATION = 0
FIND_CACHE_DURATION = 0
FUNCTION_PLUGINS = []
S
touch "$work/storage/index"
django=(env -u PYENV_VERSION PATH=/usr/bin:/bin PYTHONPATH="$work/conf" DJANGO_SETTINGS_MODULE=graphite.settings GRAPHITE_SETTINGS_MODULE=bench_settings)
"${django[@]}" /usr/bin/graphite-manage migrate --run-syncdb > "$work/log/migrate" 2>&1
(cd "$work" && exec "${django[@]}" /usr/bin/gunicorn --bind "127.0.0.1:$web" --workers 2 --timeout 300 --log-level critical graphite.wsgi:application) > "$work/log/web" 2>&1 &
theirs=$!; pids+=("$theirs")
"$kalmar" graphite --whisper "$work/storage/whisper" --listen "127.0.0.1:$ours" --cache-seconds 0 > "$work/log/kalmar" 2>&1 &
mine=$!; pids+=("$mine")
for port in "$web" "$ours"; do
  for _ in $(seq 200); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
done

# User and system ticks of a process and its children that live.
ticks() { local p total=0 t; for p in "$1" $(cat "/proc/$1/task/$1/children"); do t=$(awk '{print $14 + $15}' "/proc/$p/stat"); total=$((total + t)); done; echo "$total"; }
ask() { curl -s -o /dev/null --fail --globoff "${@}"; }
hz=$(getconf CLK_TCK)
measure() { # pid port count path -> CPU ms for a request
  local before after urls=() i
  for ((i = 0; i < $3; i++)); do urls+=(-o /dev/null "http://127.0.0.1:$2$4"); done
  before=$(ticks "$1"); curl -s --fail --globoff "${urls[@]}"; after=$(ticks "$1")
  awk -v d=$((after - before)) -v hz="$hz" -v n="$3" 'BEGIN { printf "%.3f", d * 1000 / hz / n }'
}

rate() { # port path -> requests a second with four connections
  wrk -t1 -c4 -d"${SECONDS_EACH:-6}" --timeout 60s "http://127.0.0.1:$1$2" > "$work/log/wrk"
  if grep -q 'Non-2xx\|Socket errors' "$work/log/wrk"; then echo "graphite.sh: $2 failed: $(grep 'Non-2xx\|Socket errors' "$work/log/wrk")" >&2; exit 1; fi
  awk '/Requests\/sec/ { print $2 }' "$work/log/wrk"
}

row() { # name path their-count our-count
  [ ${#wanted[@]} = 0 ] || [[ " ${wanted[*]} " == *" $1 "* ]] || return 0
  local a b their_size our_size their_rate our_rate
  their_size=$(curl -s --fail --globoff "http://127.0.0.1:$web$2" | wc -c); our_size=$(curl -s --fail --globoff "http://127.0.0.1:$ours$2" | wc -c)
  measure "$mine" "$ours" "$4" "$2" > /dev/null   # compiled and hot
  measure "$theirs" "$web" $(($3 / 5 + 1)) "$2" > /dev/null
  sleep 0.3
  measure "$mine" "$ours" "$4" "$2" > /dev/null
  a=$(measure "$theirs" "$web" "$3" "$2"); b=$(measure "$mine" "$ours" "$4" "$2")
  their_rate=$(rate "$web" "$2"); our_rate=$(rate "$ours" "$2")
  awk -v name="$1" -v a="$a" -v b="$b" -v x="$their_size" -v y="$our_size" -v r="$their_rate" -v s="$our_rate" \
    'BEGIN { printf "| %-24s | %9.2f | %9.3f | %6.1f x | %9.1f | %9.1f | %6.1f x | %8d | %8d |\n", name, a, b, a / b, r, s, s / r, x, y }'
}

wanted=("$@")
echo "| query                    | web ms    | kalmar ms | ratio    | web 1/s   | kalmar/s  | ratio    | web B    | kalmar B |"
echo "| ---                      | ---       | ---       | ---      | ---       | ---       | ---      | ---      | ---      |"
render="/render?from=-24h&target="
row one-json            "${render}bench.g1.s107&format=json" 300 3000
row one-png             "${render}bench.g1.s107&width=800&height=400" 100 300
row moving-average      "${render}movingAverage(bench.g1.s107,60)&format=json" 200 3000
row sum-100             "${render}sumSeries(bench.g1.*)&format=json" 50 600
row json-100            "${render}bench.g1.*&format=json" 20 200
row json-100-max-300    "${render}bench.g1.*&format=json&maxDataPoints=300" 25 300
row group-by-node-1000  "${render}groupByNode(bench.*.*,1,'sum')&format=json" 6 60
row find-1000           "/metrics/find?query=bench.*.*" 60 600
echo "peak memory: graphite-web $(for p in "$theirs" $(cat "/proc/$theirs/task/$theirs/children"); do awk '/VmHWM/ {print $2}' "/proc/$p/status"; done | awk '{s += $1} END {printf "%.0f MB in all its processes", s / 1024}'), Kalmar $(awk '/VmHWM/ {printf "%.0f MB", $2 / 1024}' "/proc/$mine/status")"
