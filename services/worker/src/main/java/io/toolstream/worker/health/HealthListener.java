package io.toolstream.worker.health;

/** Hears of probes and of what follows from them: on {@code call-n} or an I/O thread, outside of locks; must not block or throw. */
public interface HealthListener {
    void probed(ProbeResult result);

    void changed(HealthChange change);
}
