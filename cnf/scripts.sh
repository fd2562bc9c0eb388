# What the scripts at the top share. Sourced by bash with $top set to the project's folder and $me to the script's name.

. "${BASH_SOURCE[0]%/*}/run.sh"

# What building needs besides Java: its compiler, and Maven.
find_build_tools() {
  local version
  [[ -x $java_home/bin/javac ]] ||
    fail "the Java in $java_home has no compiler: install a JDK (apt install openjdk-$java_major-jdk-headless)"
  command -v mvn >/dev/null || fail "there is no Maven: install Maven, 3.8 or newer (apt install maven)"
  version=$(JAVA_HOME=$java_home mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
  set -- $version
  ((${1:-0} > 3 || (${1:-0} == 3 && ${2:-0} >= 8))) ||
    fail "Maven ${version/ /.} is too old: install Maven, 3.8 or newer (apt install maven)"
}

# Changes when a file does that the executable jar is made of. Nothing is read but names, sizes and times.
sources_fingerprint() (
  cd "$top" &&
    find pom.xml bnd.bnd .mvn cnf bundles features \
      \( -name target -o -name .git -o -path '*/src/test' -o -path features/karaf -o -path features/dist \) -prune \
      -o -type f -printf '%p %s %T@\n' | sha1sum
)

# Keeps the classes that the commands $2 of the jar $1 load. Without them everything works, and starts more slowly. It
# appears whole: Java would crash on a part of it.
archive_classes() (
  find_class_archive "$1"
  home=$(mktemp -d) || exit 0
  trap 'rm -rf "$home"' EXIT
  rm -f "${1%.jar}"*.jsa*
  "$java_home/bin/java" -XX:+UseSerialGC "-XX:ArchiveClassesAtExit=$class_archive.new" -jar "$1" --home "$home/home" \
    -c "$2" </dev/null >/dev/null 2>&1
  (($? < 2)) && # 1: there are problems
    sync "$class_archive.new" && mv -f "$class_archive.new" "$class_archive"
)
