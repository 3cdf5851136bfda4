package io.toolstream.mcp.stdio;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a child is run so that its whole tree can be ended, by us or without us. Where {@code setsid} is, the child gets a
 * process group of its own and a tiny shell in front of it that leads the group, hands the pipes through untouched and
 * kills the group when this JVM dies, be it by {@code kill -9}. The kernel tells it ({@code setpriv --pdeathsig}), or it
 * looks every two seconds. The command is passed as arguments, so no shell interprets it. Elsewhere the child is run
 * bare: it sees the end of its stdin when we die.
 *
 * <p>The kernel's signal is bound to the <em>thread</em> that started the child: that thread must outlive the child.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /**
     * The shell closes its own ends of the pipes, or their end could not be seen. TERM is for the child: the shell notes
     * it and goes on waiting. Job control is off, so the child stays in the group.
     * The signal of our death is USR1: HUP is ignored under {@code nohup}, and what is ignored cannot be trapped.
     */
    private static final String SCRIPT = """
            unset PWD OLDPWD SHLVL _
            exec 3<&0 4>&1
            trap 'kill -s KILL 0' USR1
            trap : TERM INT
            "$@" <&3 >&4 3<&- 4>&- &
            child=$!
            exec </dev/null >/dev/null 3<&- 4>&-
            %s
            while :; do
              wait "$child"
              code=$?
              kill -s 0 "$child" 2>/dev/null || exit "$code"
            done
            """;

    private static final String LOOK = "(while kill -s 0 $PPID; do sleep 2; done; kill -s KILL 0) 2>/dev/null &";

    private final List<String> prefix;
    private final Optional<Path> shell;

    private Supervisor(List<String> prefix, Optional<Path> shell) {
        this.prefix = List.copyOf(prefix);
        this.shell = shell;
    }

    /** What this machine has. Looks at files and starts a process: not for an I/O thread. */
    static Supervisor ofThisMachine() {
        return Holder.FOUND;
    }

    static Supervisor none() {
        return new Supervisor(List.of(), Optional.empty());
    }

    /** One that the kernel does not tell. */
    static Supervisor looking() {
        Optional<Path> setsid = find("setsid");
        Optional<Path> sh = find("sh");
        if (setsid.isEmpty() || sh.isEmpty()) {
            return none();
        }
        List<String> prefix = List.of(setsid.get().toString(), sh.get().toString(), "-c", SCRIPT.formatted(LOOK), "sh");
        return new Supervisor(prefix, sh);
    }

    private static Supervisor find() {
        Optional<Path> setsid = find("setsid");
        Optional<Path> setpriv = find("setpriv").filter(Supervisor::knowsDeathSignal);
        Optional<Path> sh = find("sh");
        if (setsid.isEmpty() || sh.isEmpty() || setpriv.isEmpty()) {
            return looking();
        }
        List<String> prefix =
                new ArrayList<>(List.of(setsid.get().toString(), setpriv.get().toString()));
        prefix.addAll(List.of("--pdeathsig", "USR1", sh.get().toString(), "-c", SCRIPT.formatted(""), "sh"));
        return new Supervisor(prefix, sh);
    }

    private static Optional<Path> find(String program) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Not every {@code setpriv} does. */
    private static boolean knowsDeathSignal(Path setpriv) {
        return run(List.of(setpriv.toString(), "--pdeathsig", "USR1", "true"));
    }

    boolean ownsGroup() {
        return shell.isPresent();
    }

    List<String> wrap(List<String> command) {
        List<String> wrapped = new ArrayList<>(prefix);
        wrapped.addAll(command);
        return wrapped;
    }

    /** Sends a signal to all of a child's group; returns whether anybody was there. Takes some milliseconds. */
    boolean signal(String name, long group) {
        return shell.isPresent() && run(List.of(shell.get().toString(), "-c", "kill -s " + name + " -- -" + group));
    }

    private static boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            LOG.warn("cannot run {}: {}", command.get(0), e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Holder {
        static final Supervisor FOUND = find();
    }
}
