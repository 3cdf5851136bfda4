/** What a run found, and how it is printed: samples, summaries over rounds, ratios within rounds, table and JSON. Pure. */
@NullMarked
package io.toolstream.bench.report;

import org.jspecify.annotations.NullMarked;
