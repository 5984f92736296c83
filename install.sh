#!/bin/sh
# Builds statusline from this checkout and puts it into ~/.local/bin (or $INSTALL_DIR).
#   ./install.sh [--uninstall]
# Needs git, Node 20 and npm. Safe to run again; a step that fails leaves an installed statusline as it was.
set -eu

dir=${INSTALL_DIR:-$HOME/.local/bin}
target=$dir/statusline
here=$(cd "$(dirname "$0")" && pwd)

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

case ${1:-} in
  '') ;;
  --uninstall)
    rm -f "$target"
    echo "Removed $target. Its files in session-health/ below Claude Code's configuration are as they were."
    exit 0
    ;;
  *)
    echo "install.sh: unknown option $1; there is --uninstall" >&2
    exit 2
    ;;
esac

command -v npm >/dev/null || fail "npm is not on PATH; install Node 20 or newer"
cd "$here"
npm install --no-audit --no-fund --loglevel=error || fail "npm install failed"
npm run --silent build || fail "the build failed"

mkdir -p "$dir" || fail "cannot make $dir"
new=$target.new.$$
trap 'rm -f "$new"' EXIT
cp dist/statusline "$new" || fail "cannot write to $dir"
chmod 755 "$new"
echo '{"model":{"display_name":"works"}}' | HOME=$(mktemp -d) "$new" | grep -q works ||
  fail "the new binary does not print a status line; $target is as it was"
mv "$new" "$target"

echo "Installed $("$target" --version) as $target"
case :$PATH: in
  *":$dir:"*) ;;
  *) echo "$dir is not on PATH; give Claude Code the whole path." ;;
esac
cat <<END
In Claude Code's settings.json (~/.claude/settings.json):
  "statusLine": {"type": "command", "command": "$target", "padding": 0, "refreshInterval": 10}
END
