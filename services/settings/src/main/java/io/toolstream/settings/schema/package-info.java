/**
 * JSON Schema: the arguments of a tool call against the tool's own schema.
 *
 * <p>Compiled once per tool definition, used by {@code call-n} threads; never blocks, never fetches anything, bounded in
 * what it accepts and in what it reports.
 */
@NullMarked
package io.toolstream.settings.schema;

import org.jspecify.annotations.NullMarked;
