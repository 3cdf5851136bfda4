/** Tests of the kafka module without a broker; those with one live in {@code services/it}. */
@NullMarked
package io.toolstream.kafka;

import org.jspecify.annotations.NullMarked;
