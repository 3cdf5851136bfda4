package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberSlotsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 500, 10_000})
    void running_staysBelowThePlacesOfCallsThatNobodyWaitsFor(int maxInFlight) {
        MemberSlots slots = MemberSlots.of(maxInFlight);

        assertThat(freeIn(slots.unsettled(), maxInFlight)).isEqualTo(maxInFlight);
        assertThat(freeIn(slots.running(), maxInFlight))
                .isPositive()
                .isLessThanOrEqualTo(Math.max(1, maxInFlight - maxInFlight / 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 500})
    void running_isLessThanWhatIsUnsettled_soThatAnswersAreWrittenWhileOthersRun(int maxInFlight) {
        MemberSlots slots = MemberSlots.of(maxInFlight);

        assertThat(freeIn(slots.running(), maxInFlight)).isLessThan(maxInFlight);
    }

    private static long freeIn(CallSlots slots, int most) {
        Stream<CompletableFuture<Void>> taken = IntStream.rangeClosed(0, most).mapToObj(each -> slots.take());
        return taken.filter(CompletableFuture::isDone).count();
    }
}
