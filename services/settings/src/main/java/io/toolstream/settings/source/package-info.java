/**
 * Settings as they are written: trees of values that know where each one stands, and what is said when one is wrong.
 *
 * <p>Reads files on the caller's thread, bounded in size and depth; knows no setting by name.
 */
@NullMarked
package io.toolstream.settings.source;

import org.jspecify.annotations.NullMarked;
