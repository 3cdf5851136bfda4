package io.toolstream.it.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What is done to a scene while calls run. */
enum Fault {
    /** {@code kill -9} of a worker; another one takes its place. */
    KILL,
    /** SIGSTOP of a worker until the group has given it up and others have its partitions; then SIGCONT: a zombie. */
    STOP,
    /** A worker is asked to end, and another one takes its place. */
    RESTART,
    /** {@code kill -9} of the broker, and its restart. */
    BROKER;

    /** What a worker may take that goes on and does not know yet that others have its partitions. */
    private static final Duration FINDS_OUT = Duration.ofSeconds(4);

    /** So many, every kind among the first four, in an order that the random numbers decide. */
    static List<Fault> schedule(int faults, SplittableRandom random) {
        List<Fault> schedule = new ArrayList<>();
        List<Fault> round = new ArrayList<>();
        while (schedule.size() < faults) {
            if (round.isEmpty()) {
                round.addAll(List.of(values()));
            }
            schedule.add(round.remove(random.nextInt(round.size())));
        }
        return schedule;
    }

    void happen(Scene scene, History history, SplittableRandom random) {
        int index = random.nextInt(scene.workers());
        switch (this) {
            case KILL -> {
                scene.worker(index).kill();
                history.crashed(new Crash(Set.of(scene.workerId(index)), scene.committed(), scene.ends()));
                scene.replace(index).awaitReady();
            }
            case STOP -> {
                scene.worker(index).stop();
                Map<Integer, Long> committed = scene.committed();
                Pause.of(WorkerProgram.SESSION.plusSeconds(4));
                scene.worker(index).resume();
                Pause.of(FINDS_OUT);
                history.crashed(new Crash(Set.of(scene.workerId(index)), committed, scene.ends()));
            }
            case RESTART -> {
                scene.worker(index).terminate();
                scene.replace(index).awaitReady();
            }
            case BROKER -> {
                Map<Integer, Long> committed = scene.committed();
                scene.killBroker();
                history.crashed(new Crash(scene.workerIds(), committed, scene.ends()));
            }
        }
    }
}
