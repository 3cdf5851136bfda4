package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.Headers;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.ParkedMembersScene.Bug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of several calls whose tool servers come and go. */
final class ParkedMembersTest {
    private ParkedMembersScene scene = new ParkedMembersScene(Bug.NONE);

    private static ParkedMembersTest with(Bug bug) {
        ParkedMembersTest test = new ParkedMembersTest();
        test.scene = new ParkedMembersScene(bug);
        return test;
    }

    @Test
    void members_ofAServerThatIsAway_waitAndTheRecordIsClosedOnceWithAllCounted() {
        scene.down.add("b");
        scene.add(ParkedMembersScene.record("m", "a", "b", "a", "b"));
        ParkedMembersScene.Life life = scene.new Life(() -> true);
        life.turn();
        assertThat(scene.statuses("m")).isEqualTo(Map.of(0, Status.OK, 2, Status.OK));
        assertThat(scene.closings("m")).isEmpty();
        assertThat(scene.committed)
                .as("the record is settled: it holds no place")
                .containsExactly(0);

        scene.down.clear();
        scene.pass(life, Duration.ofSeconds(2));

        assertThat(scene.statuses("m")).hasSize(4).containsValue(Status.OK);
        assertThat(scene.closings("m")).hasSize(1);
        assertThat(scene.closings("m").get(0).counts()).isEqualTo(Map.of(Status.OK, 4));
        assertThat(scene.calls).hasSize(2);
    }

    @Test
    void members_ofSeveralServers_comeBackWithTheFirstThatTakesCalls() {
        scene.down.addAll(List.of("a", "b"));
        scene.add(ParkedMembersScene.record("m", "a", "b", "c"));
        ParkedMembersScene.Life life = scene.new Life(() -> true);
        life.turn();
        scene.down.remove("b");
        scene.pass(life, Duration.ofSeconds(2));
        assertThat(scene.statuses("m")).containsOnlyKeys(1, 2);
        scene.pass(life, Duration.ofSeconds(20));
        assertThat(scene.calls)
                .as("comes back for a alone, and a takes nothing")
                .hasSize(2);

        scene.down.clear();
        scene.pass(life, Duration.ofSeconds(40));

        assertThat(scene.statuses("m")).hasSize(3);
        assertThat(scene.closings("m")).hasSize(1);
    }

    @Test
    void members_withoutRoomInTheLot_areAnsweredAndTheRecordIsClosed() {
        scene.down.add("a");
        int most = ParkingSettings.DEFAULT.partitionCalls();
        ParkedMembersScene.Life life = scene.new Life(() -> true);
        for (int i = 0; i < most / 500; i++) {
            scene.add(ParkedMembersScene.record(
                    "full" + i, IntStream.range(0, 500).mapToObj(n -> "a").toArray(String[]::new)));
            life.turn();
        }
        life.turn();
        scene.add(ParkedMembersScene.record("m", "a", "c"));
        life.turn();

        assertThat(scene.statuses("m")).isEqualTo(Map.of(0, Status.UNAVAILABLE, 1, Status.OK));
        assertThat(scene.closings("m")).hasSize(1);
        assertThat(life.lot.waiting()).isEqualTo(most);
    }

    @Test
    void members_whoseDeadlinesComeWhileTheServerIsAway_areExpiredOneAfterTheOther() {
        scene.down.add("a");
        String value = "{\"id\":\"m\",\"priority\":\"batch\",\"calls\":["
                + ParkedMembersScene.member("m", 0, "a", 2_500) + "," + ParkedMembersScene.member("m", 1, "a", 9_500)
                + "," + ParkedMembersScene.member("m", 2, "a", 600_000) + "]}";
        scene.add(new OutboundRecord(null, value.getBytes(UTF_8), Headers.NONE));
        ParkedMembersScene.Life life = scene.new Life(() -> true);
        life.turn();

        scene.pass(life, Duration.ofSeconds(3));
        assertThat(scene.statuses("m")).isEqualTo(Map.of(0, Status.EXPIRED));
        scene.pass(life, Duration.ofSeconds(7));
        assertThat(scene.statuses("m")).isEqualTo(Map.of(0, Status.EXPIRED, 1, Status.EXPIRED));
        scene.down.clear();
        scene.pass(life, Duration.ofSeconds(60));

        assertThat(scene.closings("m").get(0).counts()).isEqualTo(Map.of(Status.EXPIRED, 2, Status.OK, 1));
    }

    /** Servers come and go, workers are killed between any two writes. */
    @Test
    void members_killedAnywhere_areAllAnsweredAndEachRecordIsClosed() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            new ParkedMembersTest().killedAnywhere(random, "seed " + seed + ", round " + round);
        }
    }

    /** That the model can fail. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void members_ofAWorkerWithABug_areFoundMissingOrTooMany(Bug bug) {
        SplittableRandom random = new SplittableRandom(7);
        assertThatThrownBy(() -> {
                    for (int round = 0; round < 200; round++) {
                        with(bug).killedAnywhere(random, "with " + bug);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("with " + bug);
    }

    private void killedAnywhere(SplittableRandom random, String title) {
        Map<String, Integer> sizes = new TreeMap<>();
        int kills = random.nextInt(4);
        for (int life = 0; life <= kills; life++) {
            int[] writes = {life == kills ? Integer.MAX_VALUE : random.nextInt(60)};
            ParkedMembersScene.Life worker = scene.new Life(() -> writes[0]-- > 0);
            for (int turn = 0; turn < 8; turn++) {
                if (random.nextInt(3) == 0) {
                    String id = "r" + sizes.size();
                    sizes.put(id, 1 + random.nextInt(6));
                    scene.add(ParkedMembersScene.record(id, servers(sizes.get(id), random)));
                }
                ParkedMembersScene.SERVERS.forEach(server -> {
                    boolean unused = random.nextInt(3) == 0 ? scene.down.add(server) : scene.down.remove(server);
                });
                scene.clock.advance(Duration.ofMillis(random.nextInt(3_000)));
                worker.turn();
            }
            if (life == kills) {
                scene.down.clear();
                scene.pass(worker, Duration.ofMinutes(2));
                assertThat(worker.lot.waiting()).as(title).isZero();
                assertThat(worker.lot.returning()).as(title).isZero();
            }
        }
        sizes.forEach((id, size) -> assertAnswered(id, size, kills, title));
    }

    private void assertAnswered(String id, int size, int kills, String title) {
        List<BatchReply> closings = scene.closings(id);
        assertThat(scene.statuses(id)).as("%s, members of %s", title, id).hasSize(size);
        // Whoever is killed before its commit leaves a record that is taken again: each of its ways may close it.
        assertThat(closings).as("%s, %s", title, id).hasSizeBetween(1, 1 << kills);
        assertThat(closings).allSatisfy(closing -> {
            assertThat(closing.size()).as(title).isEqualTo(size);
            assertThat(closing.correlationId()).isEqualTo(id);
            assertThat(closing.counts().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as(title)
                    .isEqualTo(size);
        });
        if (kills == 0) {
            assertThat(scene.replies(id)).as("%s, %s", title, id).hasSize(size);
            assertThat(closings.get(0).counts())
                    .as("%s, %s", title, id)
                    .isEqualTo(scene.replies(id).stream()
                            .collect(Collectors.groupingBy(Reply::status, Collectors.summingInt(reply -> 1))));
        }
    }

    private static String[] servers(int count, SplittableRandom random) {
        return IntStream.range(0, count)
                .mapToObj(index -> ParkedMembersScene.SERVERS.get(random.nextInt(ParkedMembersScene.SERVERS.size())))
                .toArray(String[]::new);
    }
}
