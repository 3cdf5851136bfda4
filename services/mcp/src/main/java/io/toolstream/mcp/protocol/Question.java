package io.toolstream.mcp.protocol;

/**
 * An inquiry under way.
 *
 * @param answerBytes how long the {@code result} may be
 * @param deadlineNanos on the clock of {@link System#nanoTime()}
 */
record Question<T>(Inquiry<T> inquiry, int answerBytes, long deadlineNanos) {}
