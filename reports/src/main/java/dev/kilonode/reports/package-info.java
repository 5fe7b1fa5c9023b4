/** The run directory: written, read, charted. Knows no node. */
@NullMarked
package dev.kilonode.reports;

import org.jspecify.annotations.NullMarked;
