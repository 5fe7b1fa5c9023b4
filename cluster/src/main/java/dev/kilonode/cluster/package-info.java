/**
 * The control plane between processes, on Apache Pekko Cluster: membership, detection of failures, and messages over mutual TLS. It carries
 * commands and reports between a coordinator and its workers, and adds no protocol of its own.
 */
@NullMarked
package dev.kilonode.cluster;

import org.jspecify.annotations.NullMarked;
