package io.toolstream.mcp;

import java.util.Arrays;
import java.util.Optional;

/** What a tool server may ask its client for. */
public enum InputKind {
    /** Something that a person knows or decides. */
    ELICITATION("elicitation/create", "elicitation"),
    /** A completion by the client's model. */
    SAMPLING("sampling/createMessage", "sampling"),
    /** The folders that the server may see. */
    ROOTS("roots/list", "roots");

    private final String method;
    private final String capability;

    InputKind(String method, String capability) {
        this.method = method;
        this.capability = capability;
    }

    public String method() {
        return method;
    }

    /** Its name in a client's capabilities. */
    public String capability() {
        return capability;
    }

    public static Optional<InputKind> of(String method) {
        return Arrays.stream(values())
                .filter(kind -> kind.method.equals(method))
                .findFirst();
    }
}
