/** Summaries, ratios and their printing, from samples made by hand. */
@NullMarked
package io.toolstream.bench.report;

import org.jspecify.annotations.NullMarked;
