package io.toolstream.mcp.protocol;

import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** What is asked of a server, without what the era adds. */
sealed interface Command {
    String method();

    /** What the request is about, where the era names it apart; null if nothing. */
    default @Nullable String target() {
        return null;
    }

    default RequestMeta meta() {
        return RequestMeta.NONE;
    }

    /** Appends the members of {@code params}, without {@code _meta}; returns whether there were any. */
    default boolean writeParams(JsonBuffer out) {
        return false;
    }

    /** {@code tools/call}. */
    record CallTool(ToolRequest request) implements Command {
        @Override
        public String method() {
            return "tools/call";
        }

        @Override
        public String target() {
            return request.tool();
        }

        @Override
        public RequestMeta meta() {
            return request.meta();
        }

        @Override
        public boolean writeParams(JsonBuffer out) {
            out.name("name").text(request.tool()).raw(",").name("arguments").value(request.arguments());
            ToolRequest.Resume resume = request.resume();
            if (resume != null && resume.inputResponses() != null) {
                out.raw(",").name("inputResponses").value(resume.inputResponses());
            }
            if (resume != null && resume.requestState() != null) {
                out.raw(",").name("requestState").text(resume.requestState());
            }
            return true;
        }
    }

    /** {@code tools/list}, one page. */
    record ListTools(@Nullable String cursor) implements Command {
        @Override
        public String method() {
            return "tools/list";
        }

        @Override
        public boolean writeParams(JsonBuffer out) {
            if (cursor == null) {
                return false;
            }
            out.name("cursor").text(cursor);
            return true;
        }
    }

    /** {@code ping}. */
    record Ping() implements Command {
        @Override
        public String method() {
            return "ping";
        }
    }

    /** {@code server/discover}. */
    record Discover() implements Command {
        @Override
        public String method() {
            return "server/discover";
        }
    }
}
