# What the scripts at the top share. Sourced by bash with $top set to the project's folder and $me to the script's name.

fail() {
  printf '%s: %s\n' "$me" "$1" >&2
  exit 1
}

# The major version of the Java installation in the folder $1, from its release file where it has one: that takes no
# process. Empty if there is no Java.
java_version() {
  local line version=
  [[ -x $1/bin/java ]] || return 0
  if [[ -r $1/release ]]; then
    while IFS= read -r line; do
      [[ $line == JAVA_VERSION=* ]] && version=${line#*=\"}
    done <"$1/release"
  fi
  if [[ -z $version ]]; then
    version=$("$1/bin/java" -version 2>&1)
    version=${version#*version \"}
  fi
  version=${version#1.} # Java 8 calls itself 1.8
  printf '%s' "${version%%[!0-9]*}"
}

# Sets java_home to the Java that the caller wants, and java_major to its version, which is 17 or newer.
find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java_home=$JAVA_HOME
    [[ -x $java_home/bin/java ]] || fail "JAVA_HOME is $JAVA_HOME, where there is no Java: set it to a JDK, 17 or newer"
  else
    java_home=$(command -v java) || fail "there is no Java: install a JDK, 17 or newer (apt install openjdk-17-jdk-headless)"
    java_home=$(readlink -f "$java_home")
    java_home=${java_home%/bin/java}
  fi
  java_major=$(java_version "$java_home")
  ((${java_major:-0} >= 17)) ||
    fail "Java ${java_major:-of unknown version} in $java_home is too old: install a JDK, 17 or newer (apt install openjdk-17-jdk-headless)"
}

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
      \( -name target -o -name .git -o -path '*/src/test' -o -path features/karaf \) -prune \
      -o -type f -printf '%p %s %T@\n' | sha1sum
)

# Sets class_archive to where the classes of the executable jar $1 are kept in the way that the Java in $java_home loads
# them quickest. What another Java made is of no use to it.
find_class_archive() {
  class_archive=${1%.jar}${java_home//\//-}.jsa
}

# Keeps the classes that short commands of the jar $1 load. Without them everything works, and starts more slowly. It
# appears whole: Java would crash on a part of it.
archive_classes() (
  find_class_archive "$1"
  home=$(mktemp -d) || exit 0
  trap 'rm -rf "$home"' EXIT
  rm -f "${1%.jar}"*.jsa*
  "$java_home/bin/java" -XX:+UseSerialGC "-XX:ArchiveClassesAtExit=$class_archive.new" -jar "$1" --home "$home/home" \
    -c 'disk list; generation list; status' </dev/null >/dev/null 2>&1
  (($? < 2)) && # 1: there are problems
    sync "$class_archive.new" && mv -f "$class_archive.new" "$class_archive"
)

# UTF-8 names of files and output, whatever the caller's locale.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *.[Uu][Tt][Ff]-8* | *.[Uu][Tt][Ff]8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}
