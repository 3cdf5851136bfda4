/**
 * Everything in one JVM: broker, demo tool server and worker, put together by {@link io.toolstream.embedded.AllInOne} for
 * {@code demo} and {@code dev}. Called by the command line and by benches, from any thread; blocks while starting and
 * closing.
 */
@NullMarked
package io.toolstream.embedded;

import org.jspecify.annotations.NullMarked;
