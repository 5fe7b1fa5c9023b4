/**
 * The links {@code tcp} and {@code tls}: records over one TCP connection, several frames at a time. It does not depend on the protocols
 * above.
 */
@NullMarked
package dev.kilonode.node.link.tcp;

import org.jspecify.annotations.NullMarked;
