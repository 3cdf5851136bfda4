/**
 * Settings as immutable, validated records, and the loader that fills them from flags, environment, file and profile.
 *
 * <p>Read once at the edge, by whoever starts a process, on its main thread; the records may be shared by any thread.
 * Bad settings are reported all at once, each with where it stands, and never partly applied.
 */
@NullMarked
package io.toolstream.settings;

import org.jspecify.annotations.NullMarked;
