#!/usr/bin/env bash
# How soon Kalmar's pages show what happened: `kalmar up` with a real cluster, then ROUNDS times
#   a pool made by `ceph`        seconds from the end of the command until /pools has it, and `kalmar status`'s answer after that
#   kill -9 of an OSD            seconds from the moment at which the monitors marked it down (the map's own time) until the overview says so
#   kill -9 of the monitor       seconds from the kill until the overview says "quorum lost"
#   bench/freshness.sh [ROUNDS] [MONITORS]
set -euo pipefail
rounds=${1:-3} mons=${2:-1}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d)
port=${KALMAR_BENCH_PORT:-18420}
url=http://127.0.0.1:$port
"$here/kalmar" --version >/dev/null
"$here/artifacts/kalmar/kalmar" up --dir "$dir/sandbox" --data "$dir/kalmar" --listen "$url" --mons "$mons" >"$dir/up.log" 2>&1 &
up=$!
trap 'kill -TERM $up 2>/dev/null; wait $up 2>/dev/null; rm -rf "$dir"' EXIT
conf=$dir/sandbox/ceph.conf
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }'; }
for _ in $(seq 600); do grep -q 'Ctrl-C' "$dir/up.log" && break; sleep 0.5; done
password=$(sed -n 's/.*Password  *\([^ ]*\).*/\1/p' "$dir/up.log" | head -n 1)
base=/cluster/$(awk -F= '/^ *fsid/ { gsub(/ /, "", $2); print $2 }' "$conf")
page() { curl -sS -b "$dir/jar" "$url$base$1"; }
has() { page "$1" >"$dir/page"; grep -Eqi "$2" "$dir/page"; }
# The password goes in by standard input, so that no process list has it.
token=$(curl -sS -c "$dir/jar" "$url/signin" | grep -o 'name="__RequestVerificationToken" value="[^"]*"' | sed 's/.*value="//; s/"$//')
curl -sS -b "$dir/jar" -c "$dir/jar" -o /dev/null --data-urlencode "_handler=signin" --data-urlencode "__RequestVerificationToken=$token" \
  --data-urlencode "Input.Name=admin" --data-urlencode "Input.Password@-" "$url/signin" < <(printf %s "$password")
has '' HEALTH_ || { echo "freshness: not signed in, or no cluster on the page" >&2; exit 1; }
# Waits until a page has (or, with !, lost) what a pattern says.
until_page() { local n=0; until has "$1" "$2"; do n=$((n + 1)); [ $n -lt 3000 ] || { echo "freshness: never saw $2" >&2; exit 1; }; sleep 0.02; done; }
until_page '' '3 up'
sandbox() { "$here/artifacts/kalmar/kalmar" sandbox "$1" "$2" --dir "$dir/sandbox" >/dev/null; }
# When the monitors made the first map of the last ten in which osd.1 is down.
marked_down() {
  local last found='' map
  last=$(ceph -c "$conf" osd dump 2>/dev/null | awk '$1 == "epoch" { print $2 }')
  for epoch in $(seq $((last > 10 ? last - 9 : 1)) "$last"); do
    map=$(ceph -c "$conf" osd dump "$epoch" 2>/dev/null)
    if grep -q '^osd.1 up' <<<"$map"; then found=''; elif [ -z "$found" ]; then found=$(awk '$1 == "modified" { print $2 }' <<<"$map"); fi
  done
  date -d "$found" +%s.%N
}
for round in $(seq "$rounds"); do
  ceph -c "$conf" osd pool create "fresh$round" 8 >/dev/null 2>&1
  t=$(now)
  until_page /pools "fresh$round"
  pool=$(since "$t")
  t=$(now)
  "$here/artifacts/kalmar/kalmar" status -c "$conf" | grep -q "fresh$round"
  printf 'pool    on the page %s s after ceph returned; kalmar status run after it has it (%s s)\n' "$pool" "$(since "$t")"
done
for _ in $(seq "$rounds"); do
  sandbox kill osd.1
  until_page '' '2 up'
  shown=$(now)
  awk -v a="$(marked_down)" -v b="$shown" 'BEGIN { printf "osd     shown down %.2f s after the monitors marked it\n", b - a }'
  sandbox revive osd.1
  until_page '' '3 up'
done
names=$([ "$mons" = 3 ] && echo a b c || echo a)
for _ in $(seq "$rounds"); do
  for m in $names; do sandbox kill "mon.$m"; done
  killed=$(now)
  until_page '' 'quorum lost'
  printf 'quorum  lost shown %s s after the last monitor was killed\n' "$(since "$killed")"
  for m in $names; do sandbox revive "mon.$m"; done
  until_page '' 'talking to mon'
done
