/** Tests of the client library, against fakes of the broker and of time. */
@NullMarked
package io.toolstream.client;

import org.jspecify.annotations.NullMarked;
