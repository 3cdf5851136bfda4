package io.toolstream.cli.call;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Pipeline;
import io.toolstream.cli.json.JsonLayout;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.client.Acceptance;
import io.toolstream.client.Catalogue;
import io.toolstream.client.JsonText;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClientException;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Makes one call and prints how it ended. */
final class CallAction {
    private final Session session;
    private final Endpoint endpoint;
    private final Format format;

    CallAction(Session session, Endpoint endpoint, Format format) {
        this.session = session;
        this.endpoint = endpoint;
        this.format = format;
    }

    ExitCode run(CallRequest request, boolean async) {
        ToolCall bare = bare(request);
        Optional<ToolCall> complete = withoutCatalogue(request, bare);
        try (Pipeline pipeline = session.connector().connect(endpoint)) {
            pipeline.prepareCalls();
            ToolCall call = complete.orElseGet(() -> typed(request, bare, pipeline.catalogue()));
            return async ? send(pipeline, call) : await(pipeline, call);
        }
    }

    /** What can be said wrong about the command line is said before anything is connected. */
    private Optional<ToolCall> withoutCatalogue(CallRequest request, ToolCall bare) {
        boolean hasWords = !request.words().assignments().isEmpty();
        if (request.arguments() == null) {
            return hasWords ? Optional.empty() : Optional.of(bare);
        }
        if (hasWords) {
            throw new CommandFailure(ExitCode.USAGE, "either --args or key=value, not both");
        }
        return Optional.of(bare.arguments(json("--args", request.arguments())));
    }

    /** Without its arguments. */
    private ToolCall bare(CallRequest request) {
        CallRequest.Answers answers = request.answers();
        if (answers.isNone()) {
            return request.bareCall();
        }
        String responses = answers.inputResponses();
        return request.bareCall()
                .resume(responses == null ? null : json("--input-responses", responses), answers.requestState());
    }

    private RawJson json(String option, String value) {
        return ArgumentsText.read(option, value, session.console().in());
    }

    private static ToolCall typed(CallRequest request, ToolCall bare, Catalogue catalogue) {
        ArgumentTypes types = types(request.words(), catalogue);
        ToolCall call = bare;
        for (CallWords.Assignment assignment : request.words().assignments()) {
            call = call.argument(assignment.key(), types.value(assignment));
        }
        return call;
    }

    /** A tool that is not listed is the worker's to refuse: it knows the names that come near. */
    private static ArgumentTypes types(CallWords words, Catalogue catalogue) {
        String server = words.server();
        Optional<OfTool> tool = server == null ? catalogue.tool(words.tool()) : catalogue.tool(server, words.tool());
        return tool.flatMap(CallAction::inputSchema).map(ArgumentTypes::new).orElseGet(ArgumentTypes::unknown);
    }

    private static Optional<JsonTree> inputSchema(OfTool tool) {
        try {
            return JsonReader.read(tool.definition()).at("inputSchema");
        } catch (JsonProblem unreadable) {
            return Optional.empty();
        }
    }

    private ExitCode await(Pipeline pipeline, ToolCall call) {
        Reply reply = join(pipeline.call(call));
        new ReplyPrinter(session.console()).print(reply, format);
        return Outcomes.of(reply);
    }

    private ExitCode send(Pipeline pipeline, ToolCall call) {
        Acceptance acceptance = join(pipeline.send(call));
        Console console = session.console();
        if (format == Format.TABLE) {
            console.out().println(acceptance.id());
            console.err().println("accepted at " + acceptance.position() + ", the reply goes to the reply topic");
            return ExitCode.OK;
        }
        String json = JsonText.of(members(acceptance)).text();
        console.out().println(format == Format.JSON ? JsonLayout.indented(json) : json);
        return ExitCode.OK;
    }

    private static Map<String, Object> members(Acceptance acceptance) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", acceptance.id());
        members.put("correlationId", acceptance.correlationId());
        members.put("topic", acceptance.position().topic());
        members.put("partition", acceptance.position().partition());
        members.put("offset", acceptance.position().offset());
        return members;
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ToolClientException failure) {
                throw CommandFailure.of(Outcomes.of(failure), failure);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
        }
    }
}
