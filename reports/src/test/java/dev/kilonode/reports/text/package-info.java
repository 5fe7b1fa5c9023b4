/** Tests of the texts for machines and pull requests. */
@NullMarked
package dev.kilonode.reports.text;

import org.jspecify.annotations.NullMarked;
