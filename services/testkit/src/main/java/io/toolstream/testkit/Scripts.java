package io.toolstream.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What the server was told to do, by tool and by method. */
final class Scripts {
    private final Map<String, Function<ReceivedCall, Behaviour>> byTool = new ConcurrentHashMap<>();
    private final Map<String, InOrder> byMethod = new ConcurrentHashMap<>();

    void tool(String tool, List<Behaviour> inOrder) {
        InOrder behaviours = new InOrder(inOrder);
        byTool.put(tool, call -> behaviours.next());
    }

    void tool(String tool, Function<ReceivedCall, Behaviour> choice) {
        byTool.put(tool, choice);
    }

    void method(String method, List<Behaviour> inOrder) {
        byMethod.put(method, new InOrder(inOrder));
    }

    Behaviour ofCall(ReceivedCall call) {
        return byTool.getOrDefault(call.tool(), any -> ofMethod("tools/call")).apply(call);
    }

    Behaviour ofMethod(String method) {
        InOrder behaviours = byMethod.get(method);
        return behaviours == null ? Behaviour.normal() : behaviours.next();
    }

    /** One after the other; the last one stays. */
    private static final class InOrder {
        private final Deque<Behaviour> left;

        InOrder(List<Behaviour> behaviours) {
            this.left = new ArrayDeque<>(behaviours);
        }

        synchronized Behaviour next() {
            return left.size() > 1 ? left.remove() : left.element();
        }
    }
}
