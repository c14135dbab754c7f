#!/usr/bin/env bash
# Ceph 18.2.7 (Reef) of Debian trixie in a folder of its own, beside whatever this machine runs. Needs root and the package mmdebstrap.
#   reef-chroot.sh make              makes it (about 2 minutes, 600 MB); does nothing when it is there
#   reef-chroot.sh run PROGRAM ...   runs a program of it; process table, network, /dev and the temporary folder are this machine's
#   reef-chroot.sh path              prints its folder
#   reef-chroot.sh remove            removes it
# The folder is $KALMAR_REEF_ROOT, or kalmar/reef below $XDG_CACHE_HOME (~/.cache). Packages come from the mirror that this machine's apt uses.
set -euo pipefail

suite=trixie
packages=ceph-mon,ceph-osd,ceph-mgr,ceph-mds,radosgw,ceph-common
root=${KALMAR_REEF_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/kalmar/reef}
command=${1:?make, run, path or remove}
shift

fail() { echo "reef-chroot: $1" >&2; exit 1; }
need_root() { [ "$(id -u)" = 0 ] || fail "only root may make and enter a chroot; run this with sudo"; }

# The address of the Debian archive (not of its security updates) in apt's own configuration.
mirror() {
  apt-get indextargets --format '$(CREATED_BY) $(COMPONENT) $(CODENAME) $(REPO_URI)' 2>/dev/null \
    | awk -v suite="$( . /etc/os-release; echo "${VERSION_CODENAME:-}")" '$1 == "Packages" && $2 == "main" && $3 == suite { print $4; exit }'
}

case $command in
  path) echo "$root" ;;
  make)
    [ -e "$root/.made" ] && exit 0
    need_root
    command -v mmdebstrap >/dev/null || fail "mmdebstrap is not installed; run: apt-get install mmdebstrap"
    from=$(mirror)
    [ -n "$from" ] || fail "apt knows no Debian archive; run apt-get update, or see /etc/apt/sources.list"
    mkdir -p "$(dirname "$root")"
    rm -rf --one-file-system "$root"
    log=$root.log
    if ! mmdebstrap --variant=minbase --include="$packages" "$suite" "$root" "deb $from $suite main" >"$log" 2>&1; then
      tail -n 5 "$log" >&2
      fail "mmdebstrap failed; all it said is in $log"
    fi
    touch "$root/.made"
    ;;
  run)
    [ -e "$root/.made" ] || fail "'$root' is not made yet; run: $0 make"
    need_root
    export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    temporary=${TMPDIR:-/tmp}
    # A mount namespace of its own: what is mounted here goes away with the last process that lives in it.
    exec unshare --mount --propagation private bash -c '
      set -e
      root=$1 temporary=$2
      shift 2
      mkdir -p "$root$temporary"
      mount -t proc proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount --rbind "$temporary" "$root$temporary"
      exec chroot "$root" "$@"' reef-chroot "$root" "$temporary" "$@"
    ;;
  remove)
    need_root
    grep -q " $root" /proc/mounts && fail "something is still mounted below '$root'"
    rm -rf --one-file-system "$root" "$root.log"
    ;;
  *) fail "'$command' is none of make, run, path, remove" ;;
esac
