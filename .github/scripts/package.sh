#!/usr/bin/env bash
# Makes the package that Azure Functions runs, and looks into it: package.sh [published folder] [zip]
# Made by zip on Linux, since it keeps the run bit, and the host starts nothing without it.
set -euo pipefail

folder=${1:-publish}
zip=${2:-artifacts/package.zip}
# What the host's Linux has. Microsoft's self-contained runtime asks for 2.27, whatever the builder has, and nothing else
# here is native: this notices if that ends.
newest_glibc=2.34

fail() {
  printf '::error title=Package::%s\n' "$1" >&2
  exit 1
}

[[ -f $folder/host.json ]] ||
  fail "$folder/host.json is missing: run 'dotnet publish functions/CitizenFocus.Functions -c Release -o $folder' first."
executable=$(sed -n 's/.*"defaultExecutablePath": *"\([^"]*\)".*/\1/p' "$folder/host.json")
[[ -n $executable ]] || fail "$folder/host.json names no defaultExecutablePath: the host would not know what to start."
[[ -x $folder/$executable ]] || fail "$folder/$executable is missing or cannot be run: publish on Linux (or in WSL), not on a Windows disk."
compgen -G "$folder/*/function.json" >/dev/null || fail "$folder holds no function: publish the app, not one of its libraries."
settings=$(compgen -G "$folder/local.settings*" || true)
[[ -z $settings ]] || fail "$folder holds settings (${settings//$'\n'/, }), which may be secrets: delete them, and publish into an empty folder."

glibc=$(grep -aoE 'GLIBC_2\.[0-9]+' "$folder/$executable" | sort -uV | tail -n 1 || true)
[[ $(printf '%s\nGLIBC_%s\n' "${glibc:-GLIBC_2.0}" "$newest_glibc" | sort -V | tail -n 1) == "GLIBC_$newest_glibc" ]] ||
  fail "$executable asks for $glibc, the host has $newest_glibc: a native library came in that was built on a newer Linux."

mkdir -p "$(dirname "$zip")"
rm -f "$zip"
zip=$(cd "$(dirname "$zip")" && pwd)/$(basename "$zip")
# The host is another user, whatever umask the builder had.
chmod -R a+rX "$folder"
# -X leaves out who owned the files. Symbols and documentation are not needed to run.
(cd "$folder" && zip -q -r -X "$zip" . -x '*.pdb' -x "$executable.xml")

# What counts is what the zip says, not what the disk said.
[[ $(unzip -Z "$zip" "$executable") == -rwx* ]] || fail "The run bit of $executable is not in $zip: make it with Info-ZIP on Linux."
entries=$(unzip -Z1 "$zip")
grep -qx host.json <<<"$entries" || fail "$zip has no host.json at its top: the host would find no function."
printf '%s: %d files, %d KiB, sha256 %s\n' "$zip" "$(wc -l <<<"$entries")" "$(($(stat -c %s "$zip") / 1024))" "$(sha256sum <"$zip" | cut -c 1-64)"
