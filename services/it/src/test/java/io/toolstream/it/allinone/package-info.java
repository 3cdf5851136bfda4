/** Broker, demo tools and worker in one JVM, from a client's side. */
@NullMarked
package io.toolstream.it.allinone;

import org.jspecify.annotations.NullMarked;
