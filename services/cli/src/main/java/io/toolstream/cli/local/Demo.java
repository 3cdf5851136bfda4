package io.toolstream.cli.local;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Logs;
import io.toolstream.cli.text.Style;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolClient;
import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.settings.ToolstreamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The demonstration from start to end. */
final class Demo {
    private Demo() {}

    static ExitCode show(Console console) throws InterruptedException {
        Logs.quiet(console.environment());
        ToolstreamSettings settings =
                ToolstreamSettings.defaults().withServers(Map.of(AllInOne.DEMO_SERVER, DemoScript.policy()));
        try (Stage stage = Stage.start(console, AllInOneSettings.of(settings).withRedis());
                ToolClient client = ToolClient.connect(
                        ClientSettings.of(stage.pipeline().addresses().bootstrapServers()))) {
            List<DemoOutcome> outcomes = play(console, client);
            Style style = Style.of(console.coloursOut());
            DemoReport.table(outcomes, style).forEach(console.out()::println);
            boolean isRight = outcomes.stream().allMatch(DemoOutcome::isAsExpected);
            console.err().println(isRight ? "every call ended as it should" : "not every call ended as it should");
            return isRight ? ExitCode.OK : ExitCode.TOOL_ERROR;
        }
    }

    private static List<DemoOutcome> play(Console console, ToolClient client) {
        Style style = Style.of(console.coloursOut());
        DemoRun run = new DemoRun(client::call, System::nanoTime);
        List<DemoOutcome> outcomes = new ArrayList<>();
        outcome(run, DemoScript.warmUp(AllInOne.DEMO_SERVER));
        for (DemoStep step : DemoScript.steps(AllInOne.DEMO_SERVER)) {
            DemoOutcome outcome = outcome(run, step);
            DemoReport.lines(outcome, style).forEach(console.out()::println);
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static DemoOutcome outcome(DemoRun run, DemoStep step) {
        try {
            return run.run(step);
        } catch (CompletionException e) {
            throw new CommandFailure(ExitCode.TOOL_ERROR, step.title() + ": " + CommandFailure.reason(e.getCause()));
        }
    }
}
