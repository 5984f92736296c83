#!/bin/sh
# Installs statusline for this user, without root:
#   curl -fsSL https://raw.githubusercontent.com/statusline-cc/statusline/main/install.sh | sh
# `--help` lists the options. It can be run again; if a step fails, an installed statusline is not changed.
# Everything is in functions, and the last line calls them: a cut-off download of this file runs nothing.

REPOSITORY=statusline-cc/statusline

usage() {
  cat <<END
install.sh: installs statusline for this user
  --version V      that release, not the latest one
  --dir FOLDER     where the program goes (INSTALL_DIR, else ~/.local/bin)
  --base-url URL   instead of https://github.com/$REPOSITORY/releases (STATUSLINE_BASE_URL)
  --from-source    build this checkout instead of a download; needs Node 20 and npm
  --no-setup       do not ask about Claude Code's settings
  --yes            ask nothing: run "statusline setup --yes" too
  --uninstall      take statusline out of Claude Code's settings, then remove it
END
}

say() { printf '%s\n' "$*"; }
warn() { printf 'install.sh: %s\n' "$*" >&2; }
fail() {
  warn "$*"
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

misused() {
  warn "$*; see --help"
  exit 2
}

# Sets the options. XDG folders count only when they are absolute, as their specification has it.
read_options() {
  base=${STATUSLINE_BASE_URL:-https://github.com/$REPOSITORY/releases}
  dir=${INSTALL_DIR:-$HOME/.local/bin} version='' action=download setup=ask
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --dir | --base-url) [ -n "${2:-}" ] || misused "$1 needs a value" ;;
    esac
    case $1 in
      --version) version=${2#v} && shift ;;
      --dir) dir=$2 && shift ;;
      --base-url) base=$2 && shift ;;
      --from-source) action=from_source ;;
      --uninstall) action=uninstall ;;
      --no-setup) setup=no ;;
      --yes | -y) [ "$setup" = no ] || setup=yes ;;
      --help | -h) usage && exit 0 ;;
      *) misused "unknown option $1" ;;
    esac
    shift
  done
  base=${base%/}
  case $dir in /*) ;; *) dir=$(pwd)/$dir ;; esac
  case $version in *[!0-9A-Za-z.+-]*) misused "$version is not a version" ;; esac
  target=$dir/statusline
  case ${XDG_DATA_HOME:-} in /*) data=$XDG_DATA_HOME ;; *) data=$HOME/.local/share ;; esac
  case ${XDG_CONFIG_HOME:-} in /*) config=$XDG_CONFIG_HOME ;; *) config=$HOME/.config ;; esac
}

# Lines of "FILE-IN-ARCHIVE WHERE-IT-GOES" for all but the program.
extras() {
  say "man/statusline.1 $data/man/man1/statusline.1"
  say "completions/statusline.bash $data/bash-completion/completions/statusline"
  say "completions/_statusline $data/zsh/site-functions/_statusline"
  say "completions/statusline.fish $config/fish/completions/statusline.fish"
}

# Prints the name of the build for this machine. The baseline build is for x64 without AVX2.
platform() {
  cpu=$(uname -m)
  case $(uname -s) in
    Linux) os=linux ;;
    # A shell under Rosetta says x86_64 on an ARM Mac.
    Darwin) os=darwin && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" != 1 ] || cpu=arm64 ;;
    MINGW* | MSYS* | CYGWIN*) fail "on Windows, unpack statusline-VERSION-windows-x64.zip from $base" ;;
    *) fail "there is no build for $(uname -s); try --from-source in a checkout" ;;
  esac
  case $cpu in
    x86_64 | amd64) cpu=x64 ;;
    aarch64 | arm64) cpu=arm64 ;;
    *) fail "there is no build for $cpu; try --from-source in a checkout" ;;
  esac
  [ "$(getconf LONG_BIT 2>/dev/null)" != 32 ] || fail "there is no build for a 32-bit system"
  if [ $os = darwin ]; then
    say "darwin-$cpu"
  elif is_musl; then
    say "linux-$cpu-musl"
  elif [ $cpu = x64 ] && ! grep -qw avx2 /proc/cpuinfo 2>/dev/null; then
    say linux-x64-baseline
  else
    say "linux-$cpu"
  fi
}

# A loader of musl alone says little: other systems can have it installed beside their own.
is_musl() {
  ! getconf GNU_LIBC_VERSION >/dev/null 2>&1 && ldd --version 2>&1 | grep -qi musl
}

# Downloads $1 to the file $2. A connection that has stalled for a minute is given up.
fetch() {
  case $base in https:*) scheme='=https' ;; *) scheme='=http,https' ;; esac
  if have curl; then
    curl -fsSL --proto "$scheme" --connect-timeout 20 --speed-limit 1 --speed-time 60 -o "$2" "$1"
  elif wget --version >/dev/null 2>&1; then
    wget -nv -S -T 60 -t 3 -O "$2" "$1" 2>"$tmp/headers" && stayed_secure
  elif have wget; then
    # busybox's, which some builds of 1.35 crash in when they are given -T
    wget -q -S -O "$2" "$1" 2>"$tmp/headers" && stayed_secure
  else
    fail "neither curl nor wget is on PATH"
  fi || fail "cannot download $1"
}

# wget has no option that refuses a redirect from https to another scheme: what came by one is refused afterwards.
stayed_secure() {
  [ "$scheme" != =https ] || ! grep -i '^ *location: *[a-z][a-z0-9+.-]*:' "$tmp/headers" | grep -qiv 'location: *https:'
}

sha256() {
  if have sha256sum; then
    sum=$(sha256sum <"$1")
  elif have shasum; then
    sum=$(shasum -a 256 <"$1")
  elif have openssl; then
    sum=$(openssl dgst -sha256 -r <"$1")
  else
    fail "none of sha256sum, shasum and openssl is on PATH; the download cannot be checked"
  fi
  say "${sum%% *}"
}

# Downloads the archive for this machine, checks it, and unpacks it to $tmp/new.
# The name of the latest version is taken from its sums; then both come from that release's own folder, so that
# a release made meanwhile does not come between.
download() {
  build=$(platform)
  if [ -n "$version" ]; then sums=$base/download/v$version; else sums=$base/latest/download; fi
  fetch "$sums/SHA256SUMS" "$tmp/SHA256SUMS"
  pattern="statusline-${version:-*}-$build.tar.gz" archive='' expected=''
  while read -r sum name; do
    # shellcheck disable=SC2254 # a pattern on purpose
    case ${name#\*} in
      *[!0-9A-Za-z.+-]*) ;;
      $pattern) archive=${name#\*} expected=$sum ;;
    esac
  done <"$tmp/SHA256SUMS"
  [ -n "$archive" ] || fail "$sums/SHA256SUMS has no checksum for $pattern"
  version=${archive#statusline-} && version=${version%-"$build".tar.gz}
  say "Downloading statusline $version for $build"
  fetch "$base/download/v$version/$archive" "$tmp/$archive"
  actual=$(sha256 "$tmp/$archive")
  [ "$actual" = "$expected" ] || fail "$archive has SHA-256 $actual instead of $expected; nothing was installed"
  tar -xzf "$tmp/$archive" -C "$tmp" || fail "cannot unpack $archive"
  mv "$tmp/${archive%.tar.gz}" "$tmp/new" || fail "$archive does not contain the folder that its name says"
}

# Builds this checkout and puts what an archive would hold into $tmp/new.
from_source() {
  here=$(cd "$(dirname "$0")" && pwd)
  [ -f "$here/build/extras.ts" ] || fail "--from-source works in a checkout only: ./install.sh --from-source"
  have npm || fail "npm is not on PATH; install Node 20 or newer"
  cd "$here"
  npm install --no-audit --no-fund --loglevel=error </dev/null || fail "npm install failed"
  npm run --silent build </dev/null || fail "the build failed"
  { mkdir "$tmp/new" && cp dist/statusline "$tmp/new/statusline"; } || fail "cannot write to $tmp"
  node build/bun.mjs build/extras.ts "$tmp/new" || fail "the build of the manual and the completions failed"
}

# The program $1 must print a line for a session within 20 s. With no folder to write to it leaves nothing behind.
smoke_test() {
  say '{"session_id":"install","model":{"display_name":"works"},"workspace":{"current_dir":"/"}}' >"$tmp/session"
  HOME=$tmp CLAUDE_CONFIG_DIR=/dev/null "$1" <"$tmp/session" >"$tmp/out" 2>"$tmp/err" &
  pid=$! waited=0
  while kill -0 $pid 2>/dev/null && [ $waited -lt 200 ]; do
    waited=$((waited + 1))
    sleep 0.1
  done
  kill -9 $pid 2>/dev/null || true
  wait $pid && grep -q '[^[:space:]]' "$tmp/out" && return
  head -n 5 "$tmp/err" >&2
  if grep -q libstdc++ "$tmp/err"; then warn "libstdc++ is missing; on Alpine: apk add libstdc++"; fi
  return 1
}

# Copies the file $1 to $2 with mode $3 in one step: there is the old file or the new one, never a part of one.
place() {
  folder=$(dirname "$2")
  mkdir -p "$folder" && stage=$(mktemp -d "$folder/.statusline.XXXXXX") || return 1
  placed=0
  cp "$1" "$stage/file" && chmod "$3" "$stage/file" && mv -f "$stage/file" "$2" || placed=1
  rm -rf "$stage"
  return $placed
}

install_program() {
  [ ! -d "$target" ] || fail "$target is a folder"
  { mkdir -p "$dir" && staged=$(mktemp -d "$dir/.statusline.XXXXXX"); } || fail "cannot write to $dir"
  { cp "$tmp/new/statusline" "$staged/statusline" && chmod 755 "$staged/statusline"; } || fail "cannot write to $dir"
  smoke_test "$staged/statusline" || fail "the new program does not print a status line; $target was not changed"
  mv -f "$staged/statusline" "$target" || fail "cannot write $target"
  rmdir "$staged"
  extras | while read -r file place; do
    [ ! -f "$tmp/new/$file" ] || place "$tmp/new/$file" "$place" 644 || warn "$place was not written"
  done
  say "Installed statusline${version:+ $version} as $target"
}

# Asks on the terminal, since under "curl | sh" the standard input is this script.
offer_setup() {
  command=statusline
  case :$PATH: in
    *":$dir:"*) ;;
    *) command=$target && say "$dir is not on PATH: add this line to your shell's profile, or use the absolute path." &&
      say "  export PATH=\"$dir:\$PATH\"" ;;
  esac
  if [ $setup = ask ] && [ -t 1 ] && (: </dev/tty) 2>/dev/null; then
    printf 'Show it in Claude Code now, with "%s setup"? [y/N] ' "$command"
    read -r answer </dev/tty || answer=''
    case $answer in [yY]*) setup=asked ;; esac
  fi
  case $setup in
    yes) "$target" setup --yes </dev/null ;;
    asked) "$target" setup </dev/tty ;;
    *) say "To show it in Claude Code, run: $command setup" ;;
  esac || fail "statusline is installed, but \"$command setup\" failed; change Claude Code's settings yourself"
}

# A program that answers 1 has a reason not to go; one that does not run, or knows no uninstall, cannot say.
uninstall() {
  status=0
  if [ -x "$target" ]; then "$target" uninstall --yes </dev/null || status=$?; fi
  case $status in
    0) ;;
    1) fail "\"$target uninstall\" failed; nothing was removed" ;;
    *) warn "if Claude Code's settings.json runs statusline, remove its statusLine by hand" ;;
  esac
  rm -f "$target" || fail "cannot remove $target"
  extras | while read -r _ place; do rm -f "$place"; done
  say "Removed $target"
  for left in "${CLAUDE_CONFIG_DIR:-$HOME/.claude}/session-health" "$HOME/.claude/statusline.user.json"; do
    [ ! -e "$left" ] || say "Left in place: $left"
  done
}

clean_up() { rm -rf "${tmp:-}" "${staged:-}"; }

main() {
  set -eu
  umask 022
  read_options "$@"
  [ $action != uninstall ] || {
    uninstall
    exit
  }
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  tmp=$(mktemp -d) || fail "cannot create a folder for temporary files"
  $action
  install_program
  offer_setup
}

{ main "$@"; }
