#!/bin/sh
# Wraps the built program and a Java runtime of its own with jpackage, for the system this runs on.
#   installers/package.sh [app-image|deb|rpm|pkg|dmg|msi|exe] [FOLDER]
# Needs what jpackage needs for that kind (dpkg-deb for deb, rpmbuild for rpm, …); app-image needs nothing.
set -eu

kind=${1:-app-image}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
target=${2:-"$here/target/packages"}
app="$here/target/app"

# The launcher builds when the sources are newer, and says which JDK it uses.
jdk=$("$here/../countersign" java-home)
version=$(sed -n 's:.*<version>\([0-9.]*\)</version>.*:\1:p' "$here/../pom.xml" | head -n 1)

mkdir -p "$target"
rm -rf "$target/countersign"
# java.naming and jdk.crypto.ec for TLS, java.sql for the driver, java.desktop for pictures and print
# services, jdk.unsupported for libraries that reach for Unsafe.
# An application image has no installer that could show the licence.
if [ "$kind" = app-image ]; then
  set --
else
  set -- --license-file "$here/../LICENSE"
fi
exec "$jdk/bin/jpackage" "$@" \
  --type "$kind" --dest "$target" --name countersign --app-version "$version" \
  --vendor Countersign --description "Point of sale that sells offline and proves what happened" \
  --module-path "$app/javafx" \
  --add-modules javafx.controls,java.sql,java.naming,java.management,java.desktop,java.net.http,jdk.crypto.ec,jdk.unsupported,jdk.zipfs,jdk.charsets,java.transaction.xa,java.security.jgss \
  --input "$app/lib" \
  --main-jar "countersign-installers-$version.jar" --main-class dev.countersign.app.Countersign \
  --java-options "--enable-native-access=ALL-UNNAMED,javafx.graphics" \
  --java-options "--sun-misc-unsafe-memory-access=allow"
