package io.toolstream.testkit;

import java.util.List;

/**
 * What goes back for one request.
 *
 * @param message the JSON-RPC response; empty if there is none
 * @param notifications progress, to go before it where the transport can
 */
record RpcAnswer(String message, List<String> notifications, Behaviour behaviour) {
    boolean isNone() {
        return message.isEmpty();
    }
}
