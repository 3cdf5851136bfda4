/**
 * A Redis for one pipeline in one JVM: a program of the machine, or the one that comes along in a jar. The only package that knows
 * that jar. Called by {@link io.toolstream.embedded.AllInOne}; starts on a thread of its own, closing blocks shortly.
 */
@NullMarked
package io.toolstream.embedded.redis;

import org.jspecify.annotations.NullMarked;
