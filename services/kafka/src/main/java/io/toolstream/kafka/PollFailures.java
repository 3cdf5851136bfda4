package io.toolstream.kafka;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells a poll that may work next time from one that never will. */
final class PollFailures {
    private PollFailures() {}

    /**
     * @param hasWorked this client has been served before: a refused credential or permission is then taken for something
     *     that an operator is about to mend, at first for a wrong setting
     */
    static boolean mayPass(KafkaException failure, boolean hasWorked) {
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            return hasWorked;
        }
        return failure instanceof RetriableException
                || failure instanceof RebalanceInProgressException
                || failure instanceof CommitFailedException;
    }
}
