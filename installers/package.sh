#!/bin/sh
# Wraps the built program and a Java runtime of its own with jpackage, for the system this runs on.
#   installers/package.sh [app-image|deb|rpm|pkg|dmg|msi|exe] [FOLDER]
# Needs what jpackage needs for that kind (dpkg-deb for deb, rpmbuild for rpm, …); app-image needs nothing.
set -eu

kind=${1:-app-image}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${2:-"$here/target/packages"}
app="$here/target/app"

# The launcher builds when the sources are newer, and says which JDK it uses and how a till runs.
jdk=$("$here/../countersign" java-home)
till_settings=$("$here/../countersign" till-settings)
rehearsal=$("$here/../countersign" rehearsal-settings)
version=$(sed -n 's:.*<version>\([0-9.]*\)</version>.*:\1:p' "$here/../pom.xml" | head -n 1)
every="--enable-native-access=ALL-UNNAMED,javafx.graphics --sun-misc-unsafe-memory-access=allow"

case $(uname -s) in
  Darwin)
    image="$target/countersign.app"
    start="$image/Contents/MacOS/countersign"
    inside="$image/Contents/app"
    ;;
  Linux)
    image="$target/countersign"
    start="$image/bin/countersign"
    inside="$image/lib/app"
    ;;
  *)
    image="$target/countersign"
    start="$image/countersign.exe"
    inside="$image/app"
    ;;
esac

mkdir -p "$target"
rm -rf "$image"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A till has settings of its own, which would hold a server back, and starts from what was written
# down beforehand.
cat >"$scratch/till.properties" <<EOF
arguments=till
java-options=$every $till_settings -XX:AOTCache=\$APPDIR/till.aot -XX:+VerifySharedSpaces -Xlog:aot=off -Xlog:cds=off
EOF

# java.naming and jdk.crypto.ec for TLS, java.sql for the driver, java.desktop for pictures and print
# services, jdk.unsupported for libraries that reach for Unsafe.
"$jdk/bin/jpackage" \
  --type app-image --dest "$target" --name countersign --app-version "$version" \
  --vendor Countersign --description "Point of sale that sells offline and proves what happened" \
  --module-path "$app/javafx" \
  --add-modules javafx.controls,java.sql,java.naming,java.management,java.desktop,java.net.http,jdk.crypto.ec,jdk.unsupported,jdk.zipfs,jdk.charsets,java.transaction.xa,java.security.jgss \
  --input "$app/lib" \
  --main-jar "countersign-installers-$version.jar" --main-class dev.countersign.app.Countersign \
  --java-options "--enable-native-access=ALL-UNNAMED,javafx.graphics" \
  --java-options "--sun-misc-unsafe-memory-access=allow" \
  --add-launcher "countersign-till=$scratch/till.properties"

if [ "$kind" != app-image ]; then
  # What is written down names the times of its files, which the installer sets anew.
  "$jdk/bin/jpackage" --type "$kind" --dest "$target" --name countersign \
    --app-version "$version" --vendor Countersign \
    --description "Point of sale that sells offline and proves what happened" \
    --license-file "$here/../LICENSE" --app-image "$image"
  rm -rf "$image"
  exit 0
fi

# Opens a throw-away till of the package once, without a display, and writes down what Java loaded
# (JEP 483). Java looks whether it fits, and a till that has none, or one that does not, only starts
# more slowly.
rehearse() {
  JAVA_TOOL_OPTIONS="$rehearsal $1" "$start" rehearse >/dev/null 2>&1 || true
}
rehearse "-XX:AOTMode=record -XX:AOTConfiguration=$scratch/till.conf $till_settings -Dglass.platform=Headless -Dprism.order=sw"
rehearse "-XX:AOTMode=create -XX:AOTConfiguration=$scratch/till.conf -XX:AOTCache=$inside/till.aot $till_settings"
if [ ! -s "$inside/till.aot" ]; then
  echo "The package has no till.aot: its tills start more slowly." >&2
fi
