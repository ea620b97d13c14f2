#!/usr/bin/env bash
# Debian's minisign and fanal, both ways: each reads the other's keys and verifies the other's signatures.
#   .ci/minisign-interop.sh PATH-OF-FANAL
# It needs minisign (apt-get install minisign) and unzip. minisign's own keys take 1 GiB of memory to open.
set -euo pipefail
fanal=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export FANAL_DATA=$work/data LANG=C
phrase='quatre mots sans suite'
say() { printf '  %s\n' "$*"; }
# phrased N COMMAND… runs a command that asks for the passphrase N times.
phrased() {
	local times=$1
	shift
	for _ in $(seq "$times"); do echo "$phrase"; done | "$@" >log 2>&1 || { cat log; exit 1; }
}

mkdir -p garden/fr
cat >garden/module.toml <<'TOML'
format = 1
id = "garden"
version = "1.0.0"
kind = "kit"
license = "CC0-1.0"
source = "fr"
languages = ["fr"]
lessons = ["plant"]

[[objective]]
id = "plant"
TOML
printf '# Le jardin\n\nPlanter.\n' >garden/fr/index.md
printf '[objectives]\nplant = "Vous saurez planter."\n' >garden/fr/index.toml
printf '# Planter\n\nAu printemps.\n' >garden/fr/plant.md
printf 'objectives = ["plant"]\n' >garden/fr/plant.toml

say "fanal signs with its own key, minisign verifies"
phrased 2 "$fanal" keys new -o ours
phrased 1 "$fanal" pack garden --key ours.key -o ours.fanal
unzip -q ours.fanal -d ours && cd ours
minisign -V -q -p ../ours.pub -m fanal.sum
sha256sum --quiet -c fanal.sum
test "$(minisign -V -Q -p ../ours.pub -m fanal.sum)" = \
	"fanal garden 1.0.0 sha256:$(sha256sum <fanal.sum | cut -c1-64) key:$(tail -1 ../ours.pub)"
echo x >>fanal.sum
if minisign -V -q -p ../ours.pub -m fanal.sum 2>/dev/null; then
	echo "minisign accepts a changed fanal.sum" >&2
	exit 1
fi
cd ..

say "minisign opens fanal's secret key and signs with it"
unzip -p ours.fanal fanal.sum >fanal.sum
comment="fanal garden 1.0.0 sha256:$(sha256sum <fanal.sum | cut -c1-64) key:$(tail -1 ours.pub)"
phrased 1 minisign -S -s ours.key -m fanal.sum -t "$comment"
"$fanal" pack garden --signature fanal.sum.minisig -o theirs.fanal >/dev/null
# The comment that nothing covers is all that differs.
unzip -p theirs.fanal fanal.sum.minisig | tail -3 >a && unzip -p ours.fanal fanal.sum.minisig | tail -3 >b
cmp a b

say "minisign makes a key, fanal opens it and signs, minisign verifies"
phrased 2 minisign -G -p debian.pub -s debian.key
phrased 1 "$fanal" pack garden --key debian.key -o debian.fanal
unzip -q debian.fanal -d debian
minisign -V -q -p debian.pub -m debian/fanal.sum
"$fanal" keys trust debian.pub Debian >/dev/null
"$fanal" verify debian.fanal --json | grep -q '"standing": "trusted"'

say "minisign signs a list of keys, fanal takes it"
printf 'fanal keys 1\nsigner %s\nsequence 1\nrevoked %s\n' "$(tail -1 debian.pub)" "$(tail -1 ours.pub)" >network.keys
phrased 1 minisign -S -s debian.key -m network.keys
"$fanal" keys take network.keys >/dev/null
"$fanal" verify ours.fanal --json | grep -q '"standing": "revoked"'

say "fanal signs a list of keys, minisign verifies"
phrased 1 "$fanal" keys declare --key ours.key --next debian.pub -o ours.keys
minisign -V -q -p ours.pub -m ours.keys
echo "minisign and fanal agree"
