package io.toolstream.mcp.protocol;

import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.ToolPage;
import io.toolstream.mcp.json.ToolPageReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plain things that one asks a tool server: one question, one answer. */
final class Inquiries {
    private Inquiries() {}

    /** Reads one page of the list, without the tools that the session's era forbids. */
    record Page(@Nullable String cursor, ToolPageReader reader) implements Inquiry<ToolPage> {
        @Override
        public Command command(Session session) {
            return new Command.ListTools(cursor);
        }

        @Override
        public Step<ToolPage> read(Session session, Verdict.Result result) {
            ToolPage page = reader.read(result.answer().result())
                    .orElseThrow(() -> new McpException(
                            Kind.PROTOCOL, Delivery.ANSWERED, "the answer to tools/list holds no list of tools", null));
            List<ToolDefinition> kept = new ArrayList<>();
            List<DroppedTool> dropped = new ArrayList<>(page.dropped());
            for (ToolDefinition tool : page.tools()) {
                String objection = session.objection(tool);
                if (objection == null) {
                    kept.add(tool);
                } else {
                    dropped.add(new DroppedTool(tool.name(), objection));
                }
            }
            return new Step.Done<>(page.with(kept, dropped));
        }
    }

    /** Asks whether the server answers. */
    record Probe() implements Inquiry<Boolean> {
        @Override
        public Command command(Session session) {
            return session.probe();
        }

        @Override
        public Step<Boolean> read(Session session, Verdict.Result result) {
            return new Step.Done<>(true);
        }
    }

    /** Asks that a task end. */
    record CancelTask(String taskId) implements Inquiry<Boolean> {
        @Override
        public Command command(Session session) {
            return new Command.CancelTask(taskId);
        }

        @Override
        public Step<Boolean> read(Session session, Verdict.Result result) {
            return new Step.Done<>(true);
        }
    }
}
