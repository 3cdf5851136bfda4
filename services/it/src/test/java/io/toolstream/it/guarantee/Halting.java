package io.toolstream.it.guarantee;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds all threads of another JVM the moment one of them reaches a crash point, as a debugger does: so that killing the
 * process then is killing it right there, without a line for it in the code under test. Of one thread.
 */
final class Halting {
    private final VirtualMachine machine;
    private final CrashPoint point;

    private Halting(VirtualMachine machine, CrashPoint point) {
        this.machine = machine;
        this.point = point;
    }

    /** Waits for the point in the JVM that listens for debuggers on this port. */
    static Halting at(CrashPoint point, int port) throws IOException, IllegalConnectorArgumentsException {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        Halting halting = new Halting(socket.attach(arguments), point);
        halting.arm();
        return halting;
    }

    private void arm() {
        ClassPrepareRequest later = machine.eventRequestManager().createClassPrepareRequest();
        later.addClassFilter(point.className);
        later.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        later.enable();
        List<ReferenceType> loaded = machine.classesByName(point.className);
        loaded.forEach(this::arm);
    }

    private void arm(ReferenceType type) {
        Location begin = type.methodsByName(point.method).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + point.className + "." + point.method))
                .location();
        BreakpointRequest breakpoint = machine.eventRequestManager().createBreakpointRequest(begin);
        breakpoint.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        breakpoint.enable();
    }

    /** Waits until the point is reached; all threads stand still then. */
    void await(Duration atMost) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            EventSet events = machine.eventQueue().remove(100);
            if (events == null) {
                continue;
            }
            for (Event event : events) {
                if (event instanceof BreakpointEvent) {
                    return;
                }
                if (event instanceof ClassPrepareEvent prepared) {
                    arm(prepared.referenceType());
                }
            }
            events.resume();
        }
        throw new AssertionError(point + " was not reached");
    }
}
