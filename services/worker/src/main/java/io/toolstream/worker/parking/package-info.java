/**
 * Calls that wait on a topic for their tool server to recover, and come back in the order of their due times. The calls'
 * handler asks whether a failed call is parked; a timer and the topic's reader bring calls back. Nothing here blocks but
 * starting and closing.
 */
@NullMarked
package io.toolstream.worker.parking;

import org.jspecify.annotations.NullMarked;
