/** The worker against a broker and scripted tool servers: every call answered, whatever comes in, whatever goes down. */
@NullMarked
package io.toolstream.it.worker;

import org.jspecify.annotations.NullMarked;
