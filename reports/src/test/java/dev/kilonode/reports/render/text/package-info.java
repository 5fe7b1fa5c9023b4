/** Tests of the texts for machines and pull requests. */
@NullMarked
package dev.kilonode.reports.render.text;

import org.jspecify.annotations.NullMarked;
