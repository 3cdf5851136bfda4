/** The commands and the client library against a whole pipeline in this JVM: broker, worker and the demo tool server. */
@NullMarked
package io.toolstream.it.cli;

import org.jspecify.annotations.NullMarked;
