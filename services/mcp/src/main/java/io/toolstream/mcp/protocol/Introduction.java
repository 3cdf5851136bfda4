package io.toolstream.mcp.protocol;

import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.InputKind;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.McpClientSettings.Identity;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a client says of itself, as JSON: who it is, and what it does for servers.
 *
 * @param clientInfo name and version
 * @param capabilities as {@code initialize} declares them
 * @param modernCapabilities as requests of 2026-07-28 declare them
 */
record Introduction(String clientInfo, String capabilities, String modernCapabilities) {
    private static final String TASKS = "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}";

    static Introduction of(Identity identity, ClientOffers offers) {
        String inputs = inputs(offers);
        String comma = inputs.isEmpty() ? "" : ",";
        return new Introduction(
                "{\"name\":\"" + identity.name() + "\",\"version\":\"" + identity.version() + "\"}",
                "{" + inputs + "}",
                "{" + inputs + (offers.tasks() ? comma + TASKS : "") + "}");
    }

    private static String inputs(ClientOffers offers) {
        InputResponder responder = offers.inputs();
        return responder == null
                ? ""
                : Arrays.stream(InputKind.values())
                        .filter(responder.kinds()::contains)
                        .map(kind -> "\"" + kind.capability() + "\":{}")
                        .collect(Collectors.joining(","));
    }
}
