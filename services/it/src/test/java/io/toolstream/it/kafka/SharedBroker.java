package io.toolstream.it.kafka;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a {@link TestCluster}: one broker for all classes of a run, closed at its end; {@link Backend} says which. */
public final class SharedBroker implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getRoot().getStore(Namespace.create(SharedBroker.class));
        TestBroker broker = store.computeIfAbsent(TestBroker.class, type -> Backend.start(), TestBroker.class);
        TestCluster cluster = store.computeIfAbsent(
                TestCluster.class, type -> new TestCluster(broker.bootstrapServers()), TestCluster.class);
        return cluster;
    }
}
