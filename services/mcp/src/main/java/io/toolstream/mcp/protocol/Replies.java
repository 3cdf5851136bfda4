package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;

/** What replies mean in every era. Pure. */
final class Replies {
    private Replies() {}

    /** Why there is no result in it. */
    static McpException failure(Reply reply) {
        if (reply instanceof Reply.Answered answered && answered.response() instanceof RpcMessage.Fault fault) {
            return Failures.of(fault, answered.head());
        }
        if (reply instanceof Reply.Refused refused) {
            return Failures.of(refused.head());
        }
        return reply instanceof Reply.Failed failed
                ? failed.failure()
                : new McpException(Kind.PROTOCOL, Delivery.ANSWERED, "the answer is not to be used", null);
    }

    /** A request that was not sent because its link had ended may go over the next one. */
    static Verdict failed(Link link, McpException failure) {
        boolean isElsewherePossible = failure.delivery() == Delivery.NOT_SENT
                && failure.kind() == Kind.CONNECTION_LOST
                && link.isPrivate()
                && !link.isOpen();
        return isElsewherePossible ? new Verdict.SessionLost(failure, false) : new Verdict.Failure(failure);
    }

    static boolean isTooLarge(RpcMessage.Answer answer, Outbound message) {
        return answer.result().length() > message.answerBytes();
    }

    static Verdict tooLarge(RpcMessage.Answer answer, Outbound message) {
        String why = "the result has " + answer.result().length() + " bytes, allowed are " + message.answerBytes();
        return new Verdict.Failure(new McpException(Kind.RESULT_TOO_LARGE, Delivery.ANSWERED, why, null));
    }

    /** Whether the server may be at work on it for nobody. */
    static boolean isGivenUp(Reply reply) {
        return reply instanceof Reply.Failed failed
                && failed.failure().delivery() == Delivery.MAYBE
                && (failed.failure().kind() == Kind.TIMEOUT || failed.failure().kind() == Kind.CANCELLED);
    }
}
