#!/usr/bin/env bash
# `kalmar status` beside `ceph -s`, as whole processes, in turn: connect, three maps, three commands each.
#   bench/status-beside-ceph.sh CEPH_CONF [RUNS]        prints the medians and the ratios kalmar/ceph
set -euo pipefail
conf=${1:?a ceph.conf} runs=${2:-15}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/kalmar" status -c "$conf" >/dev/null
ceph -c "$conf" -s >/dev/null
for _ in $(seq "$runs"); do
  /usr/bin/time -a -o "$out/kalmar" -f '%e %U %S %M' "$here/artifacts/kalmar/kalmar" status -c "$conf" >/dev/null
  /usr/bin/time -a -o "$out/ceph" -f '%e %U %S %M' ceph -c "$conf" -s >/dev/null
done
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
row() { printf '%-8s wall %s s  cpu %s s  memory %s KB\n' "$1" "$(awk '{print $1}' "$out/$1" | median)" "$(awk '{print $2 + $3}' "$out/$1" | median)" "$(awk '{print $4}' "$out/$1" | median)"; }
row kalmar
row ceph
paste "$out/kalmar" "$out/ceph" | awk '{ print $1 / $5 }' | median | sed 's/^/ratio    wall /'
paste "$out/kalmar" "$out/ceph" | awk '{ print ($2 + $3) / ($6 + $7) }' | median | sed 's/^/ratio    cpu /'
paste "$out/kalmar" "$out/ceph" | awk '{ print $4 / $8 }' | median | sed 's/^/ratio    memory /'
