package io.toolstream.worker.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Priority;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.ManualTimer;
import org.junit.jupiter.api.Test;

final class ReplyPublishersTest {
    private final Persistence persistence = Persistence.withCallersTopics(new ManualTimer(), Runnable::run);
    private final PersistentPublisher prompt = new PersistentPublisher(new FakePublisher(), persistence);
    private final PersistentPublisher gathering = new PersistentPublisher(new FakePublisher(), persistence);

    @Test
    void of_aCallThatSomebodyWaitsFor_isPrompt_andGathersTheRest() {
        ReplyPublishers publishers = new ReplyPublishers(prompt, gathering);

        assertThat(publishers.of(Priority.INTERACTIVE)).isSameAs(prompt);
        assertThat(publishers.of(Priority.BATCH)).isSameAs(gathering);
        assertThat(publishers.of(Priority.REPLAY)).isSameAs(gathering);
    }
}
