#!/usr/bin/env bash
# Submits a pipeline to a running cluster, by the cluster's own program: see src/docs/cluster.md.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: submit.sh flink|spark [option of the engine ...] VERB [--option=value ...]

  submit.sh flink -p 4 import --input='s3://bucket/trips/*' --table=trips --workers=4
  submit.sh spark --master yarn --num-executors 4 export --table=trips --output=s3://bucket/out --workers=4

FLINK_HOME or SPARK_HOME says where the engine is, otherwise flink and spark-submit on the PATH are
taken. SLUICE_JAR names the jar, otherwise the one that ./mvnw package makes is taken.
USAGE
}

fail() {
  echo "submit.sh: $1" >&2
  exit 2
}

case ${1:-} in
  flink) home=FLINK_HOME program=flink command=(run) ;;
  spark) home=SPARK_HOME program=spark-submit command=(--class io.sluice.pipelines.Main) ;;
  help | --help | -h) usage; exit ;;
  *) usage >&2; exit 2 ;;
esac
engine=$1
shift

# The verb is the last word but our options, which all begin with two dashes: a value of one of the
# engine's options, which go before it and before the jar, may be the same word.
verb=
words=("$@")
for ((at = $# - 1; at >= 0; at--)); do
  case ${words[at]} in
    --*) ;;
    import | export | verify | capture | merge | diff | lookup) verb=${words[at]}; break ;;
    *) break ;;
  esac
done
# A plan is followed by the verb that it is made for.
[ "$at" -ne 1 ] || [ "${words[0]}" != plan ] || verb=
if [ -z "$verb" ]; then
  for word in query history plan night demo; do
    case " $* " in *" $word "*) fail "'$word' runs on one machine: ./sluice $word" ;; esac
  done
  fail "give a verb: import, export, verify, capture, merge, diff or lookup, and after it nothing but --option=value"
fi
[ "$at" -eq 0 ] || command+=("${words[@]:0:at}")
shift $((at + 1))

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
jar=${SLUICE_JAR:-$root/runner-profiles/$engine-cluster/target/sluice-$engine-cluster.jar}
[ -f "$jar" ] || fail "$jar is missing: ./mvnw -pl runner-profiles/$engine-cluster -am package -DskipTests makes it"
[ -z "${!home:-}" ] || program=${!home}/bin/$program
command -v "$program" >/dev/null || fail "$program is missing: set $home"

exec "$program" "${command[@]}" "$jar" "--pipeline=$verb" "$@"
