/** The promises under faults: workers and broker in processes of their own, killed, stopped and restarted under load. */
@NullMarked
package io.toolstream.it.guarantee;

import org.jspecify.annotations.NullMarked;
