# Read by the scripts beside it: runs one Java file with packages of Maven Central, in a temporary folder.
# Needs a JDK 17 or later; Maven is the one of the PATH, or the project's wrapper.

set -euo pipefail

findings=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# run_java GROUP:ARTIFACT:VERSION... <Main.java: exits with what the program exits with. Arguments of the JVM are
# those of $java_args; $excluded lists what no package shall bring, as GROUP:ARTIFACT. A package that is spelled
# GROUP:ARTIFACT:VERSION:alone brings nothing.
java_args=()
excluded=()
run_java() {
  local package group artifact version alone exclusions=''
  for package in "${excluded[@]}"; do
    exclusions+="<exclusion><groupId>${package%:*}</groupId><artifactId>${package#*:}</artifactId></exclusion>"
  done
  cat >"$scratch/Main.java"
  {
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId>'
    echo '<version>1</version><dependencies>'
    for package in "$@"; do
      IFS=: read -r group artifact version alone <<<"$package"
      echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version>"
      [ -z "$alone" ] || alone='<exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>'
      echo "<exclusions>$exclusions$alone</exclusions></dependency>"
    done
    echo '</dependencies></project>'
  } >"$scratch/pom.xml"
  "$(command -v mvn || echo "$findings/../mvnw")" -q -B -Dstyle.color=never ${MAVEN_ARGS:-} -f "$scratch/pom.xml" \
    org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath "-Dmdep.outputFile=$scratch/classpath"
  (
    cd "$scratch" &&
      javac -nowarn -cp "$(cat classpath)" Main.java &&
      java "${java_args[@]}" -cp ".:$(cat classpath)" Main
  ) 2>"$scratch/errors" || {
    local code=$?
    grep -v '^SLF4J' "$scratch/errors" >&2 || true
    return "$code"
  }
}

# The same with an embedded Spark 3.5.6, and Beam's runners for it and for this JVM.
run_java_on_spark() {
  local name
  # Spark reaches into these packages of a JDK 17; its own start script opens them in the same way.
  for name in lang lang.invoke io net nio util util.concurrent util.concurrent.atomic; do
    java_args+=("--add-opens=java.base/java.$name=ALL-UNNAMED")
  done
  java_args+=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED)
  # Not needed for an embedded Spark.
  excluded=(org.apache.beam:beam-runners-java-job-service
    org.apache.beam:beam-sdks-java-extensions-google-cloud-platform-core)
  run_java org.apache.beam:beam-runners-spark-3:2.70.0 org.apache.spark:spark-core_2.12:3.5.6 \
    org.apache.spark:spark-streaming_2.12:3.5.6 org.apache.beam:beam-runners-direct-java:2.70.0
}
