/** Tests of breakers, retries and failover. */
@NullMarked
package io.toolstream.worker.resilience;

import org.jspecify.annotations.NullMarked;
