package io.toolstream.mcp.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One operating system process and its tree. The thread that starts it must outlive it. Signals take some milliseconds;
 * nothing here throws.
 */
final class ChildProcess {
    private final Process process;
    private final Supervisor supervisor;

    private ChildProcess(Process process, Supervisor supervisor) {
        this.process = process;
        this.supervisor = supervisor;
    }

    static ChildProcess start(ChildCommand command, Supervisor supervisor) throws IOException {
        List<String> argv = command.resolved()
                .orElseThrow(() -> new IOException("there is no program " + command.program() + " on its PATH"));
        ProcessBuilder builder = new ProcessBuilder(supervisor.wrap(argv));
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        return new ChildProcess(builder.start(), supervisor);
    }

    OutputStream stdin() {
        return process.getOutputStream();
    }

    InputStream stdout() {
        return process.getInputStream();
    }

    InputStream stderr() {
        return process.getErrorStream();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Completes with the exit code; what depends on it runs on a thread with a small stack. */
    CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    void terminate() {
        if (!supervisor.signal("TERM", pid())) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** The descendants are asked for first: those who left the group are found only while their parents live. */
    void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        supervisor.signal("KILL", pid());
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The process is gone; ends what it left behind in its group. */
    void killRest() {
        supervisor.signal("KILL", pid());
    }
}
