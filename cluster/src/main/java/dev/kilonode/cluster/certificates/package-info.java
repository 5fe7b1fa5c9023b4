/**
 * Certificates of the control plane: an authority in a folder, short-lived certificates of coordinators and workers, a list of revoked ones,
 * and the decision whether a process at the other end of a connection may take part. Knows no control plane.
 */
@NullMarked
package dev.kilonode.cluster.certificates;

import org.jspecify.annotations.NullMarked;
