/**
 * Dead letters: failed calls that were kept, to be read, grouped by cause, sent again and put aside.
 *
 * <p>Called by operators' tools. Everything here blocks on the calling thread and reads whole topics: not for the threads of
 * an inference service that serves requests.
 */
@NullMarked
package io.toolstream.client.deadletters;

import org.jspecify.annotations.NullMarked;
