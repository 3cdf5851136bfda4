/** Tests of what is kept, and of what makes it void. */
@NullMarked
package io.toolstream.worker.cache;

import org.jspecify.annotations.NullMarked;
