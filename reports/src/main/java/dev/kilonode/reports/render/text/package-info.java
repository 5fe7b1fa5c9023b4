/** Text output for people and programs: JUnit XML, markdown, GitHub annotations, terminal text, JSON. Never: run data directly. */
@NullMarked
package dev.kilonode.reports.render.text;

import org.jspecify.annotations.NullMarked;
