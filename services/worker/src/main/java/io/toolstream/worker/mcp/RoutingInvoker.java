package io.toolstream.worker.mcp;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hands an invocation to its tool server's own chain of stages. */
public final class RoutingInvoker implements Invoker {
    private final Routes routes;

    public RoutingInvoker(Routes routes) {
        this.routes = routes;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        String server = invocation.tool().server();
        while (true) {
            Optional<Route> route = routes.to(server);
            if (route.isEmpty()) {
                return InvocationFailed.stage(
                        Failure.beforeDispatch(ErrorCode.SERVER_UNAVAILABLE, server + " is not configured"));
            }
            Optional<CompletableFuture<Answer>> begun = route.get().begin(invocation);
            if (begun.isPresent()) {
                return begun.get();
            }
            // Retired between the look and the call, and so replaced in the table before: look again.
        }
    }

    @Override
    public String toString() {
        return "RoutingInvoker" + routes;
    }
}
