/** Tests of the reports as a whole, and the runs they are made from. */
@NullMarked
package dev.kilonode.reports;

import org.jspecify.annotations.NullMarked;
