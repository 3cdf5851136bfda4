package io.toolstream.mcp.protocol;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.JsonSlice;
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

    /** Who wants to hear of progress. */
    default CallListener listener() {
        return CallListener.NONE;
    }

    /** About how long {@code params} will be, without {@code _meta}. */
    default int expectedBytes() {
        return 64;
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
        public CallListener listener() {
            return request.listener();
        }

        @Override
        public int expectedBytes() {
            return request.tool().length() + request.arguments().length() + 64;
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

    /** {@code tasks/get}. */
    record GetTask(String taskId) implements OfTask {
        @Override
        public String method() {
            return "tasks/get";
        }
    }

    /** {@code tasks/cancel}. */
    record CancelTask(String taskId) implements OfTask {
        @Override
        public String method() {
            return "tasks/cancel";
        }
    }

    /** {@code tasks/update}: what the server asked for. */
    record UpdateTask(String taskId, JsonSlice inputResponses) implements OfTask {
        @Override
        public String method() {
            return "tasks/update";
        }

        @Override
        public boolean writeParams(JsonBuffer out) {
            OfTask.super.writeParams(out);
            out.raw(",").name("inputResponses").value(inputResponses);
            return true;
        }
    }

    /** Of the extension {@code io.modelcontextprotocol/tasks}. */
    sealed interface OfTask extends Command {
        String taskId();

        @Override
        default String target() {
            return taskId();
        }

        @Override
        default boolean writeParams(JsonBuffer out) {
            out.name("taskId").text(taskId());
            return true;
        }
    }

    /** {@code subscriptions/listen}, for changes of the list of tools. */
    record Listen() implements Command {
        @Override
        public String method() {
            return "subscriptions/listen";
        }

        @Override
        public boolean writeParams(JsonBuffer out) {
            out.raw("\"notifications\":{\"toolsListChanged\":true}");
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
