package io.toolstream.mcp.http;

import io.toolstream.mcp.ServerSpec.Http2;
import java.util.List;

/** Which versions of HTTP a server may be spoken to in. */
enum Protocols {
    HTTP_1,
    HTTP_2,
    /** Whatever the server chooses in the TLS handshake (ALPN, RFC 7301). */
    NEGOTIATED;

    private static final String H1 = "http/1.1";
    private static final String H2 = "h2";

    /** Without TLS there is nobody to ask: HTTP/2 then needs to be known to be spoken (RFC 9113, section 3.3). */
    static Protocols of(Http2 wish, boolean isTls) {
        return switch (wish) {
            case NEVER -> HTTP_1;
            case ALWAYS -> HTTP_2;
            case AUTO -> isTls ? NEGOTIATED : HTTP_1;
        };
    }

    /** What the TLS handshake offers. */
    List<String> offered() {
        return switch (this) {
            case HTTP_1 -> List.of(H1);
            case HTTP_2 -> List.of(H2);
            case NEGOTIATED -> List.of(H2, H1);
        };
    }

    /** What came of it. A server that chose nothing speaks HTTP/1.1. */
    Protocols chosen(String byTls) {
        return this == NEGOTIATED ? byTls.equals(H2) ? HTTP_2 : HTTP_1 : this;
    }
}
