/**
 * {@code toolstream batch}: from lines of a file to calls, and from their results to lines of another, in the same order,
 * with memory that does not grow. The results file is the truth: a run that was ended, however, goes on where its last whole
 * line ends. Everything runs on the main thread, which blocks.
 */
@NullMarked
package io.toolstream.cli.batch;

import org.jspecify.annotations.NullMarked;
