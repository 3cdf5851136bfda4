package io.toolstream.it.guarantee;

import java.util.ArrayList;
import java.util.List;
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
                history.crashed(scene.workerId(index), scene.committed());
                scene.replace(index).awaitReady();
            }
            case STOP -> {
                scene.worker(index).stop();
                history.crashed(scene.workerId(index), scene.committed());
                Pause.of(WorkerProgram.SESSION.plusSeconds(4));
                scene.worker(index).resume();
            }
            case RESTART -> {
                scene.worker(index).terminate();
                scene.replace(index).awaitReady();
            }
            case BROKER -> {
                scene.killBroker();
                history.crashed(scene.committed());
            }
        }
    }
}
