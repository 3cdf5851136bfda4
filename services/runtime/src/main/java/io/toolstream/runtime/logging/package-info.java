/**
 * Logging of a process: logback's only home. All other code speaks to SLF4J.
 *
 * <p>Set up on the main thread, or by the first logger that anyone asks for.
 */
@NullMarked
package io.toolstream.runtime.logging;

import org.jspecify.annotations.NullMarked;
