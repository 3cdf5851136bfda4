/**
 * The spans of a call: its handling, each attempt at a tool server, its reply. The stages know nothing of it but {@link
 * io.toolstream.worker.invoke}; what a span is, and whether anybody sees it, is the business of {@link
 * io.toolstream.runtime.tracing}.
 *
 * <p>Any thread; nothing blocks. No span holds arguments, results or anything a tool server said.
 */
@NullMarked
package io.toolstream.worker.trace;

import org.jspecify.annotations.NullMarked;
