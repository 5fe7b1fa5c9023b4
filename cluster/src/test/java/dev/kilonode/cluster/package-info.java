@NullMarked
package dev.kilonode.cluster;

import org.jspecify.annotations.NullMarked;
