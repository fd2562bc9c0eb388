# How the platform is run, from a checkout and installed. Sourced by bash with $me set to the script's name.

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

# Sets java_home to the Java that the caller wants, and java_major to its version, which is 17 or newer. Where nobody says
# which one, and the usual one is too old or not there, it is the newest that a package has installed.
find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java_home=$JAVA_HOME
    [[ -x $java_home/bin/java ]] || fail "JAVA_HOME is $JAVA_HOME, where there is no Java: set it to a JDK, 17 or newer"
  else
    java_home=$(readlink -f "$(command -v java)")
    java_home=${java_home%/bin/java}
    [[ -n $java_home ]] && java_major=$(java_version "$java_home")
    ((${java_major:-0} >= 17)) || find_newest_java
    [[ -n $java_home ]] || fail "there is no Java: install one, 17 or newer (apt install openjdk-17-jdk-headless)"
  fi
  java_major=$(java_version "$java_home")
  ((${java_major:-0} >= 17)) ||
    fail "Java ${java_major:-of unknown version} in $java_home is too old: install one, 17 or newer (apt install openjdk-17-jdk-headless)"
}

# Leaves java_home as it is if there is none.
find_newest_java() {
  local home version newest=${java_major:-0}
  for home in /usr/lib/jvm/*; do
    version=$(java_version "$home")
    if ((${version:-0} > newest)); then
      newest=$version
      java_home=$home
    fi
  done
}

# Sets class_archive to where the classes of the executable jar $1 are kept in the way that the Java in $java_home loads
# them quickest. What another Java made is of no use to it.
find_class_archive() {
  class_archive=${1%.jar}${java_home//\//-}.jsa
}

# UTF-8 names of files and output, whatever the caller's locale.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *.[Uu][Tt][Ff]-8* | *.[Uu][Tt][Ff]8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}

# Whether the arguments are those of a command that ends before Java's optimizing compiler pays off.
is_short() {
  while [[ ${1:-} == --home* ]]; do
    [[ $1 == --home ]] && shift
    shift
  done
  case ${1:-} in
    disk | mark | group | medium | nbd | bilog | job | unit | status | help) ;;
    tape) [[ ! ${2:-} =~ ^(write|verify|migrate|inventory|label|erase|import)$ ]] ;;
    schedule | catalog) [[ ! ${2:-} =~ ^(run|rebuild)$ ]] ;;
    generation) [[ ! ${2:-} =~ ^(restore|verify|get|mount|merge|rebase|drill)$ ]] ;;
    *) return 1 ;;
  esac
}

# Becomes the platform in the executable jar $1, with the other arguments.
run_jar() {
  local jar=$1 options=(-XX:+UseSerialGC -Xmx512m -XX:MaxDirectMemorySize=1g -Dfile.encoding=UTF-8)
  shift
  use_utf8
  is_short "$@" && options+=(-XX:TieredStopAtLevel=1)
  find_class_archive "$jar"
  # Classes that do not fit are loaded as usual, and Java is not to speak of it.
  [[ $class_archive -nt $jar ]] && options+=("-XX:SharedArchiveFile=$class_archive" '-Xlog:cds*=off')
  # The framework calls a method that newer Javas warn of on every start.
  ((java_major >= 23)) && options+=(--sun-misc-unsafe-memory-access=allow)
  # Words of HIKAE_JAVA_OPTS are options of their own.
  # shellcheck disable=SC2086
  exec "$java_home/bin/java" "${options[@]}" ${HIKAE_JAVA_OPTS:-} -jar "$jar" "$@"
}
