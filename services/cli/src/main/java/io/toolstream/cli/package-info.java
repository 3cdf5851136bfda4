/**
 * The {@code toolstream} command.
 *
 * <p>{@link io.toolstream.cli.Toolstream} is where it begins. Data goes to standard output, everything else to standard
 * error; the exit code tells how it ended ({@link io.toolstream.cli.ExitCode}). Everything runs on the main thread, which
 * may block. Command classes are light: what they drive is loaded when they are called, so that help is quick.
 */
@NullMarked
package io.toolstream.cli;

import org.jspecify.annotations.NullMarked;
