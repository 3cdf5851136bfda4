package io.toolstream.cli.batch;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.ExitCode;
import io.toolstream.cli.Interruption;
import io.toolstream.cli.Session;
import io.toolstream.cli.broker.BatchRun;
import io.toolstream.cli.broker.Endpoint;
import io.toolstream.cli.broker.Pipeline;
import io.toolstream.client.BatchOptions;
import io.toolstream.client.CallResult;
import io.toolstream.client.NotAccepted;
import io.toolstream.client.RetryAdvice;
import io.toolstream.client.ToolClientException;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;

/** Makes the calls of an input and writes their results, from where an earlier run ended. */
final class BatchAction {
    /** How often it is looked whether the broker is there, while nothing comes. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Session session;
    private final BatchRequest request;
    private final boolean isStrict;

    BatchAction(Session session, BatchRequest request, boolean isStrict) {
        this.session = session;
        this.request = request;
        this.isStrict = isStrict;
    }

    ExitCode run(CallsFile input, Endpoint endpoint) {
        Interruption interruption = Interruption.install();
        try {
            return runUntilInterrupted(input, endpoint);
        } finally {
            interruption.end();
        }
    }

    private ExitCode runUntilInterrupted(CallsFile input, Endpoint endpoint) {
        try (CallLines lines = input.open();
                Begun begun = Begun.open(request, input, session.console());
                Pipeline pipeline = session.connector().connect(endpoint)) {
            pipeline.prepareCalls();
            CallMaker maker = new CallMaker(begun.batchId(), request.wishes(), pipeline::catalogue);
            maker.requireServer();
            Slots slots = new Slots(lines, new LineReading(InstantSource.system()), maker);
            Progress progress = new Progress(
                    session.console(),
                    System::nanoTime,
                    input.size(),
                    begun.done().all());
            Writing writing = new Writing(begun, slots, progress, input.name());
            begin(begun, slots, input);
            return writing.run(pipeline);
        }
    }

    private void begin(Begun begun, Slots slots, CallsFile input) {
        long done = begun.done().all();
        if (done == 0) {
            return;
        }
        if (!slots.skip(done)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    request.output() + " has " + done + " results, more than " + input.name() + " has calls");
        }
        session.console().err().println("going on after " + done + " results");
    }

    /** The loop over results. */
    private final class Writing {
        private final Begun begun;
        private final Slots slots;
        private final Progress progress;
        private final String inputName;
        private final ResultLines lines = new ResultLines(request.format());
        private final Outage outage = new Outage(session.console(), System::nanoTime);
        private final Totals totals;

        Writing(Begun begun, Slots slots, Progress progress, String inputName) {
            this.begun = begun;
            this.slots = slots;
            this.progress = progress;
            this.inputName = inputName;
            this.totals = begun.done();
        }

        ExitCode run(Pipeline pipeline) {
            try (BatchRun run = pipeline.batch(() -> slots, options())) {
                writeAll(run);
            } catch (CancellationException interrupted) {
                boolean unused = Thread.interrupted(); // closing what is open takes a moment
                begun.results().flush();
                progress.end("interrupted, the same command goes on: ", totals);
                return ExitCode.INTERRUPTED;
            }
            begun.results().flush();
            progress.end("", totals);
            return totals.exitCode();
        }

        /** What was not answered is asked for again by the next run, under the same names. */
        private CommandFailure stopped(CommandFailure why) {
            begun.results().flush();
            progress.end("stopped, the same command goes on: ", totals);
            return why;
        }

        private BatchOptions options() {
            return BatchOptions.of(begun.batchId())
                    .withInFlight(request.wishes().concurrency())
                    .withTimeout(request.wishes().timeout())
                    .withPriority(null); // each call has its own
        }

        /** Wrong lines before the next call are there without waiting. */
        private void writeAll(BatchRun run) {
            boolean isMore = run.hasNext();
            for (Slot slot = slots.peek(); isMore || slot != null; slot = slots.peek()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException();
                }
                if (slot != null && slot.wrong() != null) {
                    refuse(slots.take(), slot.wrong());
                } else {
                    await(run);
                    CallResult result = run.next();
                    write(slots.take(), result);
                }
                isMore = run.hasNext();
            }
        }

        private void await(BatchRun run) {
            if (run.isNextReady()) {
                return;
            }
            begun.results().flush();
            while (!run.awaitNext(LOOK)) {
                progress.show(totals, slots.bytesRead());
                try {
                    outage.look(run.trouble());
                } catch (CommandFailure tooLong) {
                    throw stopped(tooLong);
                }
            }
        }

        private void refuse(Slot slot, Item.Wrong wrong) {
            String why = wrong.why();
            String where = inputName + ":" + slot.line();
            progress.complain(where, why);
            if (isStrict) {
                throw new CommandFailure(ExitCode.REFUSED, where + ": " + why + " (--strict)");
            }
            write(slot, ResultLines.rejected(slot, wrong.code(), where + ": " + why));
        }

        private void write(Slot slot, CallResult result) {
            Reply reply = result.reply();
            ToolClientException failure = result.failure();
            write(slot, reply != null || failure == null ? result.orThrow() : unanswered(slot, failure));
        }

        private Reply unanswered(Slot slot, ToolClientException failure) {
            boolean isRefused = failure instanceof NotAccepted && failure.advice() != RetryAdvice.NO;
            if (outage.isOn() || isRefused || failure.advice() == RetryAdvice.SAFE) {
                throw stopped(CommandFailure.of(ExitCode.UNREACHABLE, failure));
            }
            return ResultLines.unanswered(slot, failure);
        }

        private void write(Slot slot, Reply reply) {
            begun.results().write(lines.line(slot, reply));
            totals.add(reply.status());
            progress.show(totals, slots.bytesRead());
        }
    }
}
