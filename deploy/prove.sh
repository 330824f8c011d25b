#!/usr/bin/env bash
# Carries out deploy/Dockerfile line by line where no container engine is at hand, in root file
# systems made by debootstrap, and has tests/e2e/packaged.test.ts start the result. Needs root,
# debootstrap, npm ci and the network; takes some minutes: deploy/prove.sh
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/debs"

# FROM node:VERSION-RELEASE[-slim]: Debian and Node, and unless it is the slim one, npm and a compiler.
from() {
  local version=${1#node:} packages=ca-certificates
  version=${version%%-*}
  root=$work/${2:-final}
  if [[ $1 != *-slim* ]]; then packages=ca-certificates,python3,make,g++; fi
  debootstrap --variant=minbase --cache-dir="$work/debs" --include="$packages" trixie "$root" >"$work/log"
  unpack "node-linux-$(node -p process.arch)@$version" "$root/usr/local"
  if [[ $1 != *-slim* ]]; then
    unpack npm@10 "$root/usr/local/lib/node_modules/npm"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
    ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
    # What this machine needs for its network, certificates of its own included.
    cp /etc/resolv.conf "$root/etc/"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  fi
  folder=/
}

unpack() { # a package of npm's, into a folder
  mkdir -p "$2"
  (cd "$work" && tar -xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1)
}

# COPY: everything .dockerignore lets in, some of it, or what another stage has made.
copy() {
  case "$1 $2" in
    --from=*) cp -a "$work/${1#--from=}$2" "$root$3" ;;
    ". .") sed -n 's/^!//p' .dockerignore | tar -c --exclude=src/store/generated --exclude='prisma/*.db*' -T - | tar -x -C "$root$folder" ;;
    *) cp "${@:1:$#-1}" "$root$folder" ;;
  esac
}

run() {
  local certificates=/etc/ssl/certs/ca-certificates.crt
  chroot "$root" env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/root NODE_EXTRA_CA_CERTS=$certificates \
    sh -ec "cd $folder; $1" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}

while read -r word rest; do
  case $word in
    FROM | COPY | RUN) echo "$(date +%T) $word $rest" ;;
  esac
  case $word in
    FROM) read -r image _ name <<<"$rest"; from "$image" "$name" ;;
    WORKDIR) folder=$rest; mkdir -p "$root$folder" ;;
    COPY) read -ra words <<<"$rest"; copy "${words[@]}" ;;
    RUN) run "$rest" ;;
  esac
done <deploy/Dockerfile

du -sh "$root" "$root/app"
PACKAGED_ROOT=$root npx vitest run tests/e2e/packaged.test.ts
