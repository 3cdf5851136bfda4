package io.toolstream.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP as daemons understand it: read the settings again. Without this it ends the process.
 *
 * <p>The JDK's class for signals is none that one may compile against without a warning, so it is found by its name; where
 * there is no such class or signal, nothing ever happens. Nor does it in a process that was started to ignore SIGHUP.
 */
public final class HangUp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HangUp.class);

    private final Runnable task;
    private final AtomicBoolean isAwaited = new AtomicBoolean();
    private Runnable undo = () -> {};

    private HangUp(Runnable task) {
        this.task = task;
    }

    /**
     * From now on every SIGHUP runs the task, on a thread of its own. One run at a time; all signals that come during one
     * make for one more.
     */
    public static HangUp install(Runnable task) {
        HangUp hangUp = new HangUp(task);
        try {
            hangUp.register();
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.debug("there is no SIGHUP here", e);
        }
        return hangUp;
    }

    private void register() throws ReflectiveOperationException {
        Class<?> signals = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        Object signal = signals.getConstructor(String.class).newInstance("HUP");
        Method handle = signals.getMethod("handle", signals, handlers);
        InvocationHandler calls = (proxy, method, arguments) -> called(proxy, method, arguments);
        Object ours = Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, calls);
        Object before = handle.invoke(null, signal, ours);
        undo = () -> restore(handle, signal, before);
        if (handlers.getField("SIG_IGN").get(null).equals(before)) {
            log.info("SIGHUP is ignored in this process, as nohup does: it will not read the settings again");
        }
    }

    private @Nullable Object called(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                runOnce();
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "HangUp";
        };
    }

    private void runOnce() {
        if (isAwaited.compareAndSet(false, true)) {
            synchronized (this) {
                isAwaited.set(false);
                task.run();
            }
        }
    }

    private static void restore(Method handle, Object signal, @Nullable Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.debug("SIGHUP stays as it is", e);
        }
    }

    /** SIGHUP does again what it did before. */
    @Override
    public void close() {
        undo.run();
    }
}
