# The first thing that runs on another host of a job: finds a Java, takes the agent from standard input, and becomes it.
# POSIX sh. Reads byte by byte: what follows on standard input is the agent's.
umask 077
IFS= read -r pel_hint
IFS= read -r pel_size
pel_seen=
pel_java=
consider() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
  pel_major=
  [ -r "$1/release" ] && pel_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$pel_major" ] || pel_major=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
  pel_seen="$pel_seen; $1 is Java ${pel_major:-?}"
  [ "${pel_major:-0}" -ge 25 ] && pel_java=$1/bin/java
}
if [ -n "${PEL_JAVA_HOME:-}" ]; then
  consider "$PEL_JAVA_HOME" || pel_seen="$pel_seen; PEL_JAVA_HOME is $PEL_JAVA_HOME"
else
  pel_path=$(command -v java) && pel_path=$(readlink -f "$pel_path") && pel_path=${pel_path%/bin/java}
  for pel_home in "$pel_hint" "${JAVA_HOME:-}" "${pel_path:-}" /usr/lib/jvm/* /opt/java/* /opt/*; do
    consider "$pel_home" && break
  done
fi
if [ -z "$pel_java" ]; then
  echo "no Java 25 or newer there${pel_seen}" >&2
  exit 4
fi
pel_jar=$(mktemp "${TMPDIR:-/tmp}/pel-agent.XXXXXXXX") || { echo "cannot write to ${TMPDIR:-/tmp} there" >&2; exit 3; }
dd bs=1 count="$pel_size" of="$pel_jar" 2> /dev/null
# Names and arguments of any alphabet pass only under such a locale.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *[Uu][Tt][Ff]*) ;;
  *) LC_ALL=C.UTF-8; export LC_ALL ;;
esac
exec "$pel_java" -Xms8m -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "$pel_jar" org.pellang.launcher.agent.Agent
