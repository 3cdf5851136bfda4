/**
 * A Kafka broker inside this JVM: for {@code dev}, {@code demo}, tests and benches.
 *
 * <p>The only package that has seen Kafka's server classes. {@link io.toolstream.embedded.broker.EmbeddedBroker} is
 * called from any thread and blocks while starting and closing; everything Kafka starts runs in a thread group of its
 * own ({@code BrokerThreads}), which is how faults find their broker and how a close can be sure that nothing is left.
 */
@NullMarked
package io.toolstream.embedded.broker;

import org.jspecify.annotations.NullMarked;
