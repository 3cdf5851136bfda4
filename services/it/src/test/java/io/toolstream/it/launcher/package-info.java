/** The launcher script, with a Java and a Maven that only write down how they were called. */
@NullMarked
package io.toolstream.it.launcher;

import org.jspecify.annotations.NullMarked;
