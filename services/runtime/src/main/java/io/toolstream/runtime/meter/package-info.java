/** The one registry of meters of a process, and the rules that keep it bounded. */
@NullMarked
package io.toolstream.runtime.meter;

import org.jspecify.annotations.NullMarked;
