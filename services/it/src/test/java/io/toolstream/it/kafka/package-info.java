/** The kafka module against a broker: nothing lost, offsets exact, whatever members and topics do. */
@NullMarked
package io.toolstream.it.kafka;

import org.jspecify.annotations.NullMarked;
