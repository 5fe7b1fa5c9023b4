#!/usr/bin/env bash
# Sourced by the scripts beside it, in the repository's folder: builds the module of benchmarks, and sets "benchmark" to the command that
# runs one of its classes with the options of the launcher's JVM.

rm -rf benchmarks/target/lib
mvn -q -B -pl benchmarks -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
native=()
"$java" --enable-native-access=ALL-UNNAMED -version >/dev/null 2>&1 && native=(--enable-native-access=ALL-UNNAMED)
export SSL_CERT_FILE=/dev/null SSL_CERT_DIR=/nonexistent # as the launcher does; else each QUIC codec reads the machine's certificates
classes="benchmarks/target/classes:benchmarks/target/lib/*"
options=(@jvm.options -XX:+UseParallelGC)

benchmark() { # seconds at most, options of the JVM, --, class in dev.kilonode.benchmarks, its arguments
    local most=$1 flags=()
    shift
    while [ "$1" != -- ]; do flags+=("$1") && shift; done
    timeout "$most" "$java" ${native[@]+"${native[@]}"} "${flags[@]}" -cp "$classes" "dev.kilonode.benchmarks.$2" "${@:3}" \
        2> >(grep -v SLF4J >&2)
}
