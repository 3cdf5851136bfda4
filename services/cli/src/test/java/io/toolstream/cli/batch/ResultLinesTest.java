package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.wire.CallError;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a chat-completions request takes: {@code role}, {@code tool_call_id} and a {@code content} that is text, and no more. */
final class ResultLinesTest {
    private static final Slot SLOT = new Slot(3, 7, "b-3", "call_1", null);

    private final ResultLines openAi = new ResultLines(ResultFormat.OPENAI);

    @Test
    void line_textBlocks_areJoinedAsTheyAre() throws Exception {
        assertThat(content(
                        Status.OK,
                        "{\"content\":[{\"type\":\"text\",\"text\":\"one\\u001b\\n\"},"
                                + "{\"type\":\"text\",\"text\":\"two\"}],\"structuredContent\":{\"n\":1}}"))
                .isEqualTo("one\u001b\n\ntwo");
    }

    /** A model would read a picture as so many thousand tokens of base64. */
    @Test
    void line_whatIsNotText_isNamed() throws Exception {
        assertThat(content(Status.OK, """
                        {"content":[{"type":"text","text":"Here:"},{"type":"image","mimeType":"image/png","data":"QUJDRA=="},
                         {"type":"resource","resource":{"uri":"file:///a","text":"inside"}}]}""")).isEqualTo("Here:\n[image image/png, 4 bytes]\ninside");
    }

    @Test
    void line_structuredContentAlone_isGivenByteForByte() throws Exception {
        assertThat(content(Status.OK, "{\"content\":[],\"structuredContent\":{\"n\": 1.10}}"))
                .isEqualTo("{\"n\": 1.10}");
        assertThat(content(Status.OK, "{\"other\":1}")).isEqualTo("{\"other\":1}");
    }

    @Test
    void line_ofCallsThatFailedOrAsk_saysHowTheyEnded() throws Exception {
        assertThat(content(
                        Status.TOOL_ERROR,
                        "{\"content\":[{\"type\":\"text\",\"text\":\"No such city\"}],\"isError\":true}"))
                .isEqualTo("No such city");
        assertThat(content(Status.INPUT_REQUIRED, "{\"inputRequests\":{\"name\":{}}}"))
                .isEqualTo("input_required: {\"inputRequests\":{\"name\":{}}}");
        CallError late = new CallError(ErrorCode.DEADLINE_PASSED.text(), "too late", false, null, MayHaveRun.NO, null);
        assertThat(message(reply(Status.EXPIRED, null, late)).string("content"))
                .contains("expired: too late (" + late.code() + ")");
    }

    @Test
    void line_isAMessageAndNothingElse() throws Exception {
        JsonTree message = message(reply(Status.OK, RawJson.ofText("{\"content\":[]}"), null));

        assertThat(message.members()).containsOnlyKeys("role", "tool_call_id", "content");
        assertThat(message.string("role")).contains("tool");
        assertThat(message.string("tool_call_id")).contains("call_1");
        assertThat(message.at("content").orElseThrow().is(JsonTree.Kind.STRING)).isTrue();
    }

    private String content(Status status, String result) throws Exception {
        return message(reply(status, RawJson.ofText(result), null))
                .string("content")
                .orElseThrow();
    }

    private JsonTree message(Reply reply) throws Exception {
        String line = new String(openAi.line(SLOT, reply), StandardCharsets.UTF_8);
        assertThat(line.lines()).hasSize(1);
        return JsonReader.read(line);
    }

    private static Reply reply(Status status, @Nullable RawJson result, @Nullable CallError error) {
        return new Reply(
                new ReplyIdentity("b-3", "c-3", "fs", "read_file", "call_1", null, null),
                status,
                result,
                error,
                1,
                new ServedBy("w1", "none", null),
                new Timings(1, 2, 3),
                true);
    }
}
