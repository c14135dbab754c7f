#!/usr/bin/env bash
# GET /api/v2/cluster/FSID/osd with 3 and with 4,000 OSDs. Needs osdmaptool (Debian: ceph-common). Writes nothing but below $TMPDIR.
#   bench/osd-list.sh [REQUESTS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
requests=${1:-1000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet build bench/Kalmar.Benchmarks -c Release --nologo -v quiet -p:RunAnalyzers=false >/dev/null
for osds in 3 4000; do
  osdmaptool --createsimple "$osds" --with-default-pool --pg-bits 2 "$folder/$osds" >/dev/null 2>&1
  artifacts/bin/Kalmar.Benchmarks/release/Kalmar.Benchmarks api-osds "$folder/$osds" "$requests"
done
