/**
 * What single steps of the line cost, without Kafka, sockets or threads: {@code java -cp … org.openjdk.jmh.Main micro}.
 */
@NullMarked
package io.toolstream.bench.micro;

import org.jspecify.annotations.NullMarked;
