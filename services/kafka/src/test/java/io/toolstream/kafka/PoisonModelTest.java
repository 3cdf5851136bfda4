package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A partition with records that kill whoever runs them, and owners that come, die and go. Each poison costs at most three
 * lives, each record ends, and nobody is condemned who does not kill, but for what dies of other causes.
 */
class PoisonModelTest {
    private static final int RECORDS = 60;
    private static final int MOST_LIVES = 200;

    private final Set<Long> poison = new HashSet<>();
    private final Set<Long> done = new TreeSet<>();
    private final Set<Long> condemned = new TreeSet<>();
    private RefusingConsumer consumer = new RefusingConsumer();
    private int kills;
    private int accidents;

    @RepeatedTest(60)
    void everyPoison_isFound_inThreeLives() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int poisons = random.nextInt(1, 4);
        while (poison.size() < poisons) {
            poison.add((long) random.nextInt(RECORDS));
        }
        consumer.ends.put(Records.partition(0), (long) RECORDS);
        int mostAccidents = random.nextInt(3);
        int lives = 0;
        while (ended() < RECORDS && lives++ < MOST_LIVES) {
            live(random, mostAccidents);
        }
        String where = "seed " + seed + ", poison " + poison + ", condemned " + condemned;
        assertThat(ended()).as(where).isEqualTo(RECORDS);
        assertThat(condemned).as(where).containsAll(poison);
        assertThat(condemned.size()).as(where).isLessThanOrEqualTo(poisons + accidents);
        assertThat(kills).as(where).isLessThanOrEqualTo(3 * poisons);
    }

    /** One owner, until it dies, goes or is through. */
    private void live(SplittableRandom random, int mostAccidents) {
        MockedEngine engine = new MockedEngine(MockedEngine.settings(20, 1_000_000, 1_000), consumer);
        engine.assign(0);
        long from = Math.max(0, consumer.committed(0));
        consumer.seek(Records.partition(0), from);
        consumer.setMaxPollRecords(random.nextInt(1, 30));
        for (long offset = from; offset < RECORDS; offset++) {
            engine.fetched(0, offset);
        }
        while (ended() < RECORDS) {
            engine.turns(1);
            boolean isKilled = engine.running.keySet().stream()
                    .anyMatch(name -> poison.contains(offset(name)) && !engine.condemned.containsKey(name));
            boolean isAccident = accidents < mostAccidents && random.nextInt(40) == 0;
            if ((isKilled && random.nextInt(3) == 0) || isAccident) {
                kills += isAccident ? 0 : 1;
                accidents += isAccident ? 1 : 0;
                consumer = consumer.successor();
                return;
            }
            for (String name : List.copyOf(engine.running.keySet())) {
                boolean isKiller = poison.contains(offset(name)) && !engine.condemned.containsKey(name);
                if (!isKiller && random.nextInt(3) == 0) {
                    (engine.condemned.containsKey(name) ? condemned : done).add(offset(name));
                    engine.done(name);
                }
            }
            if (random.nextInt(60) == 0) {
                engine.assign(); // gives it back
                consumer = consumer.successor();
                return;
            }
        }
        for (int i = 0; i < RECORDS; i++) { // what was done, but not known to be, by those before
            engine.done(engine.running.keySet().toArray(new String[0]));
            engine.turns(2);
        }
        assertThat(consumer.committed(0)).isEqualTo(RECORDS);
    }

    /** A record may be both: done, and condemned by the next owner, who could not know. */
    private int ended() {
        Set<Long> ended = new HashSet<>(done);
        ended.addAll(condemned);
        return ended.size();
    }

    private static long offset(String name) {
        return Long.parseLong(name.substring(name.indexOf('@') + 1));
    }
}
