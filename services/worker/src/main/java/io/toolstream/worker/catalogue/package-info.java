/**
 * What tools there are: read from every tool server at start, at an interval, and once more when a call meets a sign that
 * the list has changed; published on the compacted {@code catalogue} topic for clients.
 *
 * <p>One thread, {@code catalogue}, owns everything that changes: the state of each server, the compiling of schemas, the
 * diff against what was published. Everyone else reads an immutable {@link io.toolstream.worker.catalogue.CatalogueSnapshot}
 * that is swapped as a whole. A server that cannot start, hangs or lists nonsense leaves the others as they are; one that
 * was read once and is down now keeps its tools, marked unhealthy.
 */
@NullMarked
package io.toolstream.worker.catalogue;

import org.jspecify.annotations.NullMarked;
